"""Follow the events of the running platform: `python -m services.chassis.operations.event_tail [--since N] [PATTERN] [--region CODE]`.

    time  name  subject #sequence  region  state  lag

PATTERN is like identity.resident.*, affairs or #.submitted. --since 90s, 10m, 2h or 1d (a bare number: minutes) shows what
the archives hold of that time first. It reads through an exclusive queue of its own that forgets its oldest message when
full and ends with the connection: nobody else is slowed down, and a slow terminal misses events.
"""

import argparse
import contextlib
import os
import re
import sys
import time
from datetime import timedelta

from amqp.exceptions import NotFound
from pymongo.errors import PyMongoError

from services.chassis.amqp import publishing
from services.chassis.amqp.topology import DEAD_LETTERS, EXCHANGE
from services.chassis.core.backoff import Backoff
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.events.delivery import read
from services.chassis.operations.lines import Painter, event_line, unreadable_line
from services.chassis.operations.past import archived
from services.chassis.operations.patterns import NotAPattern, Wanted
from services.chassis.operations.printing import ReaderGone, show

LONGEST = 10_000
BYTES = 20_000_000
PREFETCH = 200
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
OWN_QUEUE = {"x-max-length": LONGEST, "x-max-length-bytes": BYTES, "x-overflow": "drop-head"}


class EventTail:
    """Prints the events that are wanted until it is interrupted; survives every outage of the broker."""

    def __init__(self, settings: Settings, wanted: Wanted, paint: Painter):
        self.settings = settings
        self.wanted = wanted
        self.paint = paint
        self.seen: set[tuple[str, str]] = set()
        self.connection: publishing.Connection | None = None
        self.channel = None

    def run(self, since: timedelta | None) -> None:
        """Follow; raises NotFound where nothing is declared yet."""
        backoff = Backoff()
        while True:
            try:
                self._open()
                _say(f"following {self.wanted.routing_key}: Ctrl-C ends it")
                backoff = Backoff()
                if since:
                    self._show_past(since)
                    since = None
                while True:
                    self._drain()
            except NotFound:
                raise
            except publishing.OUTAGES as error:
                if backoff.should_speak():
                    _say(
                        f"RabbitMQ is away ({type(error).__name__}), trying again: what comes meanwhile is not shown"
                    )
                time.sleep(backoff.seconds())
            finally:
                publishing.close_quietly(self.connection)
                self.connection = None

    def _open(self) -> None:
        self.connection = publishing.connect(self.settings.amqp_uri, "follows events")
        self.channel = channel = self.connection.channel()
        channel.auto_decode = False
        # where nothing is declared, our queue alone would make the relay believe that somebody wants its events
        channel.queue_declare(DEAD_LETTERS, passive=True)
        queue = channel.queue_declare(
            "", exclusive=True, durable=False, auto_delete=True, arguments=OWN_QUEUE
        ).queue
        channel.queue_bind(queue, EXCHANGE, self.wanted.routing_key)
        # with acknowledgements, so that what we do not read piles up in the bounded queue and nowhere else
        channel.basic_qos(0, PREFETCH, False)
        channel.basic_consume(queue, callback=self._arrived)

    def _drain(self) -> None:
        self.connection.heartbeat_tick()
        with contextlib.suppress(TimeoutError):
            self.connection.drain_events(timeout=1.0)

    def _arrived(self, message) -> None:
        delivery = read(message)
        if delivery.event is None:
            show(unreadable_line(delivery, message.delivery_info.get("routing_key", ""), self.paint))
        elif (delivery.event.source, delivery.event.id) in self.seen:
            self.seen.discard((delivery.event.source, delivery.event.id))
        elif self.wanted.covers(delivery.event):
            show(event_line(delivery.event, utc_now(), self.paint))
        self.channel.basic_ack(delivery.tag)

    def _show_past(self, since: timedelta) -> None:
        """Show the archives; our queue has been there before, so nothing is missed, and `seen` shows nothing twice."""
        try:
            for event in archived(self.settings, self.wanted, utc_now() - since):
                self.seen.add((event.source, event.id))
                show(event_line(event, None, self.paint))
        except PyMongoError as error:
            _say(f"MongoDB cannot be used ({type(error).__name__}): the past is not shown")


def read_since(text: str) -> timedelta:
    """Read 90s, 10m, 2h, 1d, or minutes without a unit; raises ValueError."""
    parts = re.fullmatch(r"([0-9]{1,6})([smhd]?)", text)
    if not parts:
        raise ValueError(text)
    return timedelta(**{UNITS[parts[2] or "m"]: int(parts[1])})


def _say(sentence: str) -> None:
    print(f"-- {sentence}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Follow until Ctrl-C; gives the exit code."""
    how = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.operations.event_tail", description=__doc__, formatter_class=how
    )
    parser.add_argument("pattern", nargs="?", default="#", metavar="PATTERN")
    parser.add_argument("--region", default="", help="the beginning of a division code")
    parser.add_argument("--since", type=read_since, help="90s, 10m, 2h, 1d; a bare number is minutes")
    options = parser.parse_args(arguments)
    try:
        wanted = Wanted(options.pattern, options.region)
        settings = Settings.from_environment()
    except (NotAPattern, WrongSetting) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    colours = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    try:
        EventTail(settings, wanted, Painter(colours)).run(options.since)
    except (KeyboardInterrupt, ReaderGone):
        return 0
    except NotFound:
        print("Nothing is declared yet: run `python -m services.chassis.runtime.declare`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
