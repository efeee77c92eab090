"""Run a service's relay: `python -m services.chassis.relay <service>`; SIGTERM ends it after its batch."""

import sys

from services.chassis.core.settings import Settings
from services.chassis.daemons import daemon
from services.chassis.relay.loop import Relay
from services.chassis.storage.database import connect


def main(arguments: list[str]) -> int:
    """Run the relay of the service that is named; gives the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m services.chassis.relay <service>", file=sys.stderr)
        return 2
    (service,) = arguments
    name = f"{service}-relay"
    return daemon.main(
        name, lambda settings: Relay(service, connect(settings, service, name), settings), Settings
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
