"""Run a service's relay: `python -m services.chassis.relay <service>`; SIGTERM ends it after its batch."""

import os
import signal
import sys
import threading

from services.chassis.core import garbage, logs
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.relay.loop import Relay
from services.chassis.storage.database import connect

ENDING = (signal.SIGTERM, signal.SIGINT)


def serve(relay: Relay) -> int:
    """Relay in a thread until a signal comes; gives the exit code, 1 where the relay died."""
    died = []

    def work():
        try:
            relay.run()
        except BaseException:
            died.append(True)
            raise
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    working = threading.Thread(target=work, name="relay")
    working.start()
    signal.sigwait(ENDING)
    relay.stop()
    working.join()
    return 1 if died else 0


def main(arguments: list[str]) -> int:
    """Run the relay of the service that is named; gives the exit code."""
    if len(arguments) != 1:
        print("Usage: python -m services.chassis.relay <service>", file=sys.stderr)
        return 2
    service = arguments[0]
    try:
        settings = Settings.from_environment()
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    logs.set_up(f"{service}-relay", settings.log_level)
    # before any thread starts; sigwait fetches them: a handler could interrupt a lock that it needs itself
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    database = connect(settings, service)
    garbage.settle()
    try:
        return serve(Relay(service, database, settings))
    finally:
        database.client.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
