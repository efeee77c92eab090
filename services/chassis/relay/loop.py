"""The relay's rounds: publish what is pending, have it archived and cleared."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from itertools import islice, takewhile

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel
from services.chassis.amqp.topology import declare_events_exchange
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings
from services.chassis.daemons.daemon import Daemon
from services.chassis.daemons.heartbeat import HEARTBEATS, RELAY
from services.chassis.relay.measures import RelayMeasures
from services.chassis.relay.outbox import Backlog, Outboxes, PendingEvents, oldest
from services.chassis.relay.sending import Sending
from services.chassis.relay.settling import Settling

log = logging.getLogger("services.chassis.relay")

MINUTE = 60.0
GRACE = 20.0
"""Seconds in which an orderly end writes what the broker has taken."""
BATCHES = 20
"""Batches of one collection before the others have their turn."""


class Relay(Daemon):
    """Publishes the outboxes of one service until it is stopped. Two relays at once only make duplicates.

    What is written between two rounds goes out, is archived and cleared together; a lone write never waits.
    """

    name = "relay"
    outages = (*transport.OUTAGES, PyMongoError)
    pace = 0.03

    def __init__(self, service: str, database: Database, settings: Settings):
        super().__init__(settings, service, sweep=settings.relay_sweep)
        self.service = service
        self.database = database
        self.outboxes = Outboxes(database)
        self.settling = Settling(database, self.outboxes, self.wake_ups.notify)
        self.channel: ConfirmingChannel | None = None
        self.unwanted: dict[tuple, float] = {}
        self.published = 0
        self.reported = 0
        self.next_report = time.monotonic() + MINUTE
        self.next_beat = 0.0
        self.again: set[str] = set()
        self.waiting: dict[str, Backlog] = {}
        self.next_complaint = 0.0
        self.measures = RelayMeasures(service, lambda: self.waiting)

    def run(self) -> None:
        """Relay until `stop`."""
        threading.Thread(target=self.settling.work, name="settling", daemon=True).start()
        super().run()

    def round(self) -> int:
        """Publish what is pending, report; gives the number of events published."""
        before = self.published
        self.settling.check()
        self.outboxes.collections |= self.written.collections
        todo = self.written.collections | self.again
        if self.written.anything:
            self.outboxes.look()
            self.waiting = self.outboxes.waiting()
            todo = todo | self.waiting.keys()
        # what waits is known also while the broker is away
        if self.channel is None:
            self.channel = self._open()
        self.channel.tend()
        self.again = {collection for collection in set(todo) if self._publish_some(self.channel, collection)}
        self._report()
        return self.published - before

    def has_more(self) -> bool:
        """Tell whether a collection's turn ended before its documents did."""
        return bool(self.again)

    def drop(self) -> None:
        """Give up the channel."""
        channel, self.channel = self.channel, None
        transport.close_quietly(channel.connection if channel else None)

    def close(self) -> None:
        """Write what the broker has taken, and disconnect."""
        self.drop()
        self.settling.stop(GRACE)
        self.database.client.close()

    def _publish_some(self, channel: ConfirmingChannel, collection: str) -> bool:
        """Publish a bounded number of documents of a collection; tells whether there may be more of them."""
        self.turn()
        most = BATCHES * self.settings.relay_batch
        self.settling.forget_cleared()
        with contextlib.closing(self.outboxes.pending(collection)) as found:
            counted = _Counted(islice(self.settling.fresh(filter(self._is_due, found)), most))
            waiting = takewhile(lambda _: not self.stopping, counted)
            batch, note = self.settings.relay_batch, self.measures.note
            sending = Sending(channel, batch, self.settling.add, self._keep, note)
            try:
                sending.run(waiting)
            finally:
                self.published += sending.taken
        return counted.count == most

    def _keep(self, pending: PendingEvents, why: str) -> None:
        """Leave a refused event, and those behind it, in the outbox until the next sweep."""
        entry, pending.stuck = pending.entries[pending.sent], True
        now = time.monotonic()
        self.unwanted[pending.key] = now + self.settings.relay_sweep
        if now >= self.next_complaint:
            self.next_complaint = now + MINUTE
            seen = {"event": entry["id"], "type": entry["type"], "why": why, "stuck": len(self.unwanted)}
            log.error("events stay in their outbox: declare the queues, then they follow", extra=seen)

    def _is_due(self, pending: PendingEvents) -> bool:
        until = self.unwanted.get(pending.key)
        if until is None:
            return True
        if time.monotonic() < until:
            return False
        del self.unwanted[pending.key]
        return True

    def _report(self) -> None:
        """Write the heartbeat every sweep, and one line with the figures every minute."""
        now = time.monotonic()
        if now >= self.next_beat:
            self.next_beat = now + self.settings.relay_sweep
            pending = sum(one.documents for one in self.waiting.values())
            since = oldest(self.waiting)
            beat = {"at": utc_now(), "pending": pending, "oldest": since, "published": self.published}
            self.database[HEARTBEATS].update_one({"_id": RELAY}, {"$set": beat}, upsert=True)
            if now >= self.next_report:
                self.next_report = now + MINUTE
                sent, self.reported = self.published - self.reported, self.published
                log.info("relayed", extra={"published": sent, "pending": pending})

    def _open(self) -> ConfirmingChannel:
        channel = ConfirmingChannel(transport.connect(self.settings.amqp_uri, f"relay of {self.service}"))
        declare_events_exchange(channel.channel)
        return channel


class _Counted:
    """Counts what is taken out of an iterator."""

    def __init__(self, items: Iterator[PendingEvents]):
        self.items = items
        self.count = 0

    def __iter__(self) -> Iterator[PendingEvents]:
        for item in self.items:
            self.count += 1
            yield item
