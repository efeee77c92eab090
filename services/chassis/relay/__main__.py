"""Run a service's relay: `python -m services.chassis.relay <service>`; SIGTERM ends it after its batch."""

import sys

from services.chassis.relay.loop import Relay
from services.chassis.runtime import daemon
from services.chassis.storage.database import connect


def main(arguments: list[str]) -> int:
    """Run the relay of the service that is named; gives the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m services.chassis.relay <service>", file=sys.stderr)
        return 2
    (service,) = arguments
    return daemon.main(
        f"{service}-relay", lambda settings: Relay(service, connect(settings, service), settings)
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
