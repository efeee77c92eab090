"""Follow the events of the running platform: `python -m services.chassis.operations.event_tail [--since N] [PATTERN] [--region CODE]`.

    time  name  subject #sequence  region  state  lag

PATTERN is like identity.resident.*, affairs or #.submitted. --since 90s, 10m, 2h or 1d (a bare number: minutes) shows what
the archives hold of that time first. It reads through an exclusive queue of its own that forgets its oldest message when
full and ends with the connection: nobody else is slowed down, and a slow terminal misses events.
"""

import argparse
import os
import re
import sys
from datetime import timedelta

import amqp
from amqp.exceptions import NotFound
from pymongo.errors import PyMongoError

from services.chassis.amqp.private_queues import declare_private_events, dropping_oldest
from services.chassis.amqp.reconnecting import ReconnectingConsumer
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.events.delivery import read
from services.chassis.operations.lines import Painter, event_line, unreadable_line
from services.chassis.operations.past import archived
from services.chassis.operations.patterns import NotAPattern, Wanted
from services.chassis.operations.printing import ReaderGone, show

PREFETCH = 200
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
OWN_QUEUE = dropping_oldest(10_000, **{"x-max-length-bytes": 20_000_000})


class NothingDeclared(Exception):
    """There is no platform at this broker yet."""


class EventTail(ReconnectingConsumer):
    """Prints the events that are wanted until it is interrupted; survives every outage of the broker."""

    def __init__(self, settings: Settings, wanted: Wanted, paint: Painter, since: timedelta | None = None):
        super().__init__(settings.amqp_uri, "follows events")
        self.settings = settings
        self.wanted = wanted
        self.paint = paint
        self.since = since
        self.seen: set[tuple[str, str]] = set()
        # made by `opened`, before the first event comes
        self.channel: amqp.Channel

    def opened(self, channel) -> None:
        """Consume with acknowledgements, so that what we do not read piles up in the bounded queue and nowhere else."""
        self.channel = channel
        try:
            queue = declare_private_events(channel, [self.wanted.routing_key], OWN_QUEUE)
        except NotFound:
            raise NothingDeclared from None
        channel.basic_qos(0, PREFETCH, False)
        channel.basic_consume(queue, callback=self._arrived)
        _say(f"following {self.wanted.routing_key}: Ctrl-C ends it")
        if self.since:
            self._show_past(self.since)
            self.since = None

    def complain(self, error: Exception) -> None:
        """Say so on the terminal."""
        _say(f"RabbitMQ is away ({type(error).__name__}), trying again: what comes meanwhile is not shown")

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
        EventTail(settings, wanted, Painter(colours), options.since).run()
    except (KeyboardInterrupt, ReaderGone):
        return 0
    except NothingDeclared:
        print("Nothing is declared yet: run `python -m services.chassis.runtime.declare`.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
