"""The platform's figures and alarms: `python -m services.chassis.operations.counters [--json] [--watch] [--check] [--service S]`.

Queues: messages ready and unacknowledged, consumers, age of the oldest (~: estimated from the archives), messages that wait
in retry queues, that ever went through them, that were ever given up, that are dead letters now. Services: outboxes that
wait, age of the oldest pending event, when the relay was last seen, events archived. Streams of the departments. Alarms:
their thresholds are in services/chassis/operations/alarms.py; with --check they are all that is printed, exit code 1.
"""

import argparse
import logging
import sys
import time

import requests
from amqp.exceptions import AMQPError
from pymongo.errors import PyMongoError

from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.operations.alarms import alarms
from services.chassis.operations.figures import Observer
from services.chassis.operations.printing import ReaderGone, show
from services.chassis.operations.tables import alarm_lines, as_json, tables

AWAY = (OSError, AMQPError, PyMongoError, requests.RequestException)
CLEAR = "\x1b[2J\x1b[H"


def look_once(observer: Observer, options: argparse.Namespace) -> int:
    """Look, print what was asked for; gives the exit code."""
    figures = observer.look()
    found = alarms(figures, observer.settings.relay_sweep)
    if options.json:
        show(as_json(figures, found))
    elif options.check:
        show(alarm_lines(found))
    else:
        clear = CLEAR if options.watch and sys.stdout.isatty() else ""
        show(f"{clear}{tables(figures, found)}")
    return 1 if options.check and found else 0


def watch(observer: Observer, options: argparse.Namespace) -> None:
    """Look every few seconds until Ctrl-C; an outage is one line, then it goes on."""
    while True:
        try:
            look_once(observer, options)
        except AWAY as error:
            print(_away(error), file=sys.stderr, flush=True)
        time.sleep(options.watch)


def _away(error: Exception) -> str:
    return f"RabbitMQ or MongoDB cannot be used ({type(error).__name__}): see `make status`."


def _parser() -> argparse.ArgumentParser:
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.operations.counters", description=__doc__, formatter_class=how
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a look")
    parser.add_argument(
        "--watch", nargs="?", type=float, const=2.0, metavar="SECONDS", help="again and again"
    )
    parser.add_argument(
        "--check", action="store_true", help="only the alarms; exit code 1 where there are any"
    )
    parser.add_argument("--service", action="append", help="only this service; may be repeated")
    return parser


def main(arguments: list[str]) -> int:
    """Show the figures; gives the exit code."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_environment()
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        return 2
    # it warns of messages that arrive while the sample of a stream is closed
    logging.getLogger("amqp").setLevel(logging.ERROR)
    try:
        with Observer(settings, options.service) as observer:
            if options.watch:
                watch(observer, options)
            return look_once(observer, options)
    except (KeyboardInterrupt, ReaderGone):
        return 0
    except AWAY as error:
        print(_away(error), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
