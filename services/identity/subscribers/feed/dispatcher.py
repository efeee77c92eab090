"""The dispatcher: feeds the departments' streams: `python -m services.identity.subscribers.feed.dispatcher`.

The feed is read once for all streams that are near its end, and each grant is applied in memory; a stream that is far behind, as one whose
history was asked for, is read for by itself. What is published is confirmed, then all cursors move in one write; how far each was fed is kept
while the lease is held. What a turn costs the database does not grow with the departments, and while nothing is written it asks for the feed's
end only.

Of several dispatchers one feeds (`services/chassis/daemons/lease.py`); a killed or paused one makes duplicates with the same numbers only; a stream that is missing or full holds up nobody else's. No personal data goes into a
stream, where nothing could take it out again.
"""

import logging
import sys
import time
from contextlib import suppress
from datetime import datetime
from itertools import islice

from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.amqp.frames import TooLong, publish_frames
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.core import metrics
from services.chassis.core.backoff import doubled
from services.chassis.core.calls import utc_now
from services.chassis.daemons import daemon
from services.chassis.daemons.lease import Fenced, Lease
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.subscribers.feed.fan_out import Messages, Stream, StreamBatch, in_bursts, shared
from services.identity.subscribers.feed.store import Cursors, Feed, Unsent
from services.identity.wiring.subscriptions import Subscriptions

PROCESS = "identity-dispatcher"

log = logging.getLogger("services.identity.subscribers.feed.dispatcher")

EVENTS_UNSENT = metrics.gauge("xiangzhi_events_unsent", "events that a department's stream cannot carry")

BATCH = 500
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds for which a stream that takes no events is left alone."""
LEAST_FRAME = 4096
"""Bytes of a frame that every broker takes; whether a message can be carried does not depend on it."""


class Dispatcher(daemon.Daemon):
    """Feeds the streams until it is stopped."""

    name = "dispatcher"
    outages = (*transport.OUTAGES, PyMongoError, Fenced)

    def __init__(self, database, settings: CivicSettings):
        super().__init__(settings, "identity", Feed.collection)
        self.subscriptions = Subscriptions.from_platform(database, settings)
        self.delivery = self.subscriptions.delivery
        self.cursors, self.unsent = Cursors(database), Unsent(database)
        self.lease = Lease(database, self.name)
        self.channel: ConfirmingChannel | None = None
        self.refusals: dict[str, tuple[int, float]] = {}
        self.fed: dict[str, tuple[int, int]] = {}
        self.fed_under = 0
        self.all_fed_to = -1

    def round(self) -> int:
        """Feed every stream until nothing is left, if this is the one that feeds; gives the number of events published."""
        if not self.lease.held():
            self.forget()
            return 0
        fed, head = 0, self.delivery.feed.head()
        while head != self.all_fed_to and not self.stopping and self.lease.held():
            self.turn()
            self.beat()
            streams = self._streams()
            due = [one for one in streams if one.position < head and self._is_due(one.department)]
            fed += self._feed(due, head) if due else 0
            behind = any(max(one.position, self.fed[one.department][0]) < head for one in streams)
            if not (due and behind):
                # one that is left alone for a while is to be looked at again although nothing is written
                self.all_fed_to = -1 if behind else head
                break
        if self.channel:
            self.channel.tend()
        return fed

    def measure(self) -> None:
        """Count what no stream could carry."""
        EVENTS_UNSENT.set(self.unsent.count())

    def _streams(self) -> list[Stream]:
        """Every stream that is granted anything now, and how far it was fed."""
        if self.lease.fence != self.fed_under:
            self.forget()  # somebody else may have fed meanwhile
            self.fed_under = self.lease.fence
        now = utc_now()
        granted = [
            (department, grant)
            for department, grant in self.subscriptions.receiving("stream")
            if grant.gives(now)
        ]
        unknown = [department.id for department, _ in granted if department.id not in self.fed]
        if unknown:
            self.fed |= dict.fromkeys(unknown, (0, 0)) | self.cursors.of(unknown)
        streams = []
        for department, grant in granted:
            position, number = self.fed[department.id]
            reached = max(position, grant.after)
            streams.append(Stream(department.id, department.login, grant, reached, number))
        return streams

    def _feed(self, streams: list[Stream], head: int) -> int:
        """Publish what is next to each; gives the number of events that were taken."""
        now, messages = utc_now(), Messages()
        near = [one for one in streams if head - one.position <= BATCH]
        batches = [self._alone(one, now) for one in streams if head - one.position > BATCH]
        if near:
            stretch = self.delivery.stretch(min(one.position for one in near), BATCH, head)
            batches += shared(stretch, near, self.delivery)
        return sum(self._publish(some, messages) for some in in_bursts(batches, BATCH))

    def _alone(self, stream: Stream, now: datetime) -> StreamBatch:
        return StreamBatch(stream, *self.delivery.references_after(stream.grant, stream.position, BATCH, now))

    def _publish(self, batches: list[StreamBatch], messages: Messages) -> int:
        """Publish to all of them at once, and move the cursors of those that took everything; gives the number of events taken."""
        try:
            whys = self._send([messages.of(one) for one in batches])
        except TooLong:
            whys = self._send([self._that_fit(one, messages.of(one)) for one in batches])
        taken = [one for one, why in zip(batches, whys, strict=True) if not why]
        for batch, why in zip(batches, whys, strict=True):
            if why:
                self._wait_for(batch.stream.department, why)
            elif batch.items:
                self.refusals.pop(batch.stream.department, None)
        self._move(taken)
        return sum(len(one.items) for one in taken)

    def _send(self, messages: list[list[Outgoing]]) -> list[str]:
        """Publish everything at once; gives for each stream why it did not take all of its own, or nothing."""
        whys = iter(
            self._open().publish_each([one for own in messages for one in own]) if any(messages) else ()
        )
        return [next(filter(None, list(islice(whys, len(own)))), "") for own in messages]

    def _move(self, batches: list[StreamBatch]) -> None:
        """Write how far those were fed that got something; that there was nothing for one is kept here, and written now and then only.

        What is kept is right as long as the lease is held: nobody else moves a cursor then.
        """
        reached = {
            one.stream.department: (one.reached, one.number)
            for one in batches
            if one.items or self._is_long(one)
        }
        self.cursors.move(reached, self.lease.fence)
        self.fed |= {one.stream.department: (one.reached, one.number) for one in batches}

    def _is_long(self, batch: StreamBatch) -> bool:
        """Tell whether who begins anew would have to look through much to find again that there is nothing."""
        return batch.reached // BATCH > batch.stream.position // BATCH

    def _that_fit(self, batch: StreamBatch, messages: list[Outgoing]) -> list[Outgoing]:
        """Give the messages that AMQP can carry; the others are kept for the operator, and their numbers left out.

        The department sees the gap and pulls them.
        """
        fit, department = [], batch.stream.department
        for item, message in zip(batch.items, messages, strict=True):
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

    def forget(self) -> None:
        """Believe nothing of what was seen while somebody else feeds."""
        self.all_fed_to = -1
        self.fed.clear()

    def close(self) -> None:
        """Leave the streams to the next one, and disconnect."""
        with suppress(PyMongoError):
            self.lease.release()
        self.drop()

    def drop(self) -> None:
        """Give up the channel, and ask whose turn it is."""
        self.lease.doubt()
        channel, self.channel = self.channel, None
        transport.close_quietly(channel.connection if channel else None)


def make(settings: CivicSettings) -> Dispatcher:
    """Make the dispatcher of a process."""
    database = connect(settings, "identity", PROCESS)
    return Dispatcher(database, settings).beats_in(database, PROCESS)


if __name__ == "__main__":
    sys.exit(daemon.main(PROCESS, make, CivicSettings))
