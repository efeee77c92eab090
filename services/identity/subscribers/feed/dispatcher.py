"""The dispatcher: feeds the departments' streams: `python -m services.identity.subscribers.feed.dispatcher`.

A loop over the departments: read what is granted behind the cursor, publish it with batched confirms, move the cursor. A killed or
second dispatcher makes duplicates only; a stream that is missing or full holds up nobody else's. No personal data goes into a stream, where
nothing could take it out again.
"""

import logging
import sys
import time

from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.amqp.frames import TooLong, publish_frames
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.core.backoff import doubled
from services.chassis.core.calls import utc_now
from services.chassis.daemons import daemon
from services.chassis.events.event import PREFIX, to_message
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.subscribers.delivered import Delivered
from services.identity.subscribers.feed.store import Cursors, Feed, Unsent
from services.identity.wiring.subscriptions import Subscriptions

log = logging.getLogger("services.identity.subscribers.feed.dispatcher")

BATCH = 500
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds for which a stream that takes no events is left alone."""
LEAST_FRAME = 4096
"""Bytes of a frame that every broker takes; whether a message can be carried does not depend on it."""


class Dispatcher(daemon.Daemon):
    """Feeds the streams until it is stopped."""

    name = "dispatcher"
    outages = (*transport.OUTAGES, PyMongoError)

    def __init__(self, database, settings: CivicSettings):
        super().__init__(settings, "identity", Feed.collection)
        self.subscriptions = Subscriptions.from_platform(database, settings)
        self.delivery = self.subscriptions.delivery
        self.cursors, self.unsent = Cursors(database), Unsent(database)
        self.channel: ConfirmingChannel | None = None
        self.refusals: dict[str, tuple[int, float]] = {}

    def round(self) -> int:
        """Feed every stream until nothing is left; gives the number of events published."""
        fed, busy = 0, True
        while busy and not self.stopping:
            busy = False
            for department in self.subscriptions.receiving("stream"):
                if self._is_due(department.id):
                    sent = self._feed(department)
                    fed, busy = fed + sent, busy or sent == BATCH
        if self.channel:
            self.channel.tend()
        return fed

    def _feed(self, department) -> int:
        """Publish one batch to one department; gives the number of events, 0 where the stream did not take them."""
        position, number = self.cursors.of(department.id)
        grant = self.subscriptions.grant_for(department)
        items, reached = self.delivery.references_after(grant, position, BATCH, utc_now())
        if not items:
            return 0
        messages = [_message(department.login, item, number + n) for n, item in enumerate(items, start=1)]
        try:
            refused = self._open().publish(messages)
        except TooLong:
            refused = self._open().publish(self._that_fit(department.id, items, messages))
        if refused:
            self._wait_for(department.id, next(iter(refused.values())))
            return 0
        self.refusals.pop(department.id, None)
        self.cursors.move(department.id, reached, number + len(items))
        return len(items)

    def _that_fit(self, department: str, items: list[Delivered], messages: list[Outgoing]) -> list[Outgoing]:
        """Give the messages that AMQP can carry; the others are kept for the operator, and their numbers left out.

        The department sees the gap and pulls them.
        """
        fit = []
        for item, message in zip(items, messages, strict=True):
            try:
                publish_frames(1, "", message.routing_key, message.body, message.properties, LEAST_FRAME)
                fit.append(message)
            except TooLong as error:
                self.unsent.keep(department, item.event.id, item.position, str(error), utc_now())
                told = {"department": department, "position": item.position, "why": str(error)}
                log.error("a stream cannot carry an event", extra=told)
        return fit

    def _is_due(self, department: str) -> bool:
        return time.monotonic() >= self.refusals.get(department, (0, 0.0))[1]

    def _wait_for(self, department: str, why: str) -> None:
        """Leave a stream that does not take its events for a while, longer each time."""
        times = self.refusals.get(department, (0, 0.0))[0] + 1
        self.refusals[department] = times, time.monotonic() + doubled(FIRST_PAUSE, LONGEST_PAUSE, times)
        log.error("a department's stream takes no events", extra={"department": department, "why": why})

    def _open(self) -> ConfirmingChannel:
        if self.channel is None:
            uri = transport.in_virtual_host(self.settings.amqp_uri, self.settings.departments_vhost)
            self.channel = ConfirmingChannel(transport.connect(uri, "dispatcher"))
        return self.channel

    def drop(self) -> None:
        """Give up the channel."""
        channel, self.channel = self.channel, None
        transport.close_quietly(channel.connection if channel else None)

    close = drop


def _message(stream: str, item: Delivered, number: int) -> Outgoing:
    """Make a message for a stream: the event, its place in the feed, and its number in this stream (no gaps)."""
    body, properties = to_message(item.event)
    properties["headers"] |= {
        f"{PREFIX}dataschema": item.dataschema,
        f"{PREFIX}feedposition": str(item.position),
        f"{PREFIX}feednumber": str(number),
    }
    if item.personaldata:
        properties["headers"][f"{PREFIX}personaldata"] = item.personaldata
    return Outgoing("", stream, body, properties)


def make(settings: CivicSettings) -> Dispatcher:
    """Make the dispatcher of a process."""
    return Dispatcher(connect(settings, "identity"), settings)


if __name__ == "__main__":
    sys.exit(daemon.main("identity-dispatcher", make, CivicSettings))
