"""The relay's loop: wait for the bell, publish, have it archived and cleared; survive every outage."""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice, takewhile

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.amqp import publishing
from services.chassis.amqp.publishing import ConfirmingChannel
from services.chassis.amqp.topology import declare_events_exchange
from services.chassis.core.calls import utc_now
from services.chassis.core.settings import Settings
from services.chassis.relay.outbox import Outboxes, PendingEvents
from services.chassis.relay.sending import Sending
from services.chassis.relay.settling import Settling
from services.chassis.relay.wake_up import WakeUpCollector

log = logging.getLogger("services.chassis.relay")

HEARTBEATS = "heartbeats"
MINUTE = 60.0
LONGEST_PAUSE = 5.0
PACE = 0.03
"""Seconds between two looks: what is written meanwhile goes out, is archived and cleared together. A lone write never waits."""
GRACE = 20.0
"""Seconds in which an orderly end writes what the broker has taken."""
BATCHES = 20
"""Batches of one collection before the others have their turn."""


class Relay:
    """Publishes the outboxes of one service until it is stopped. Two relays at once only make duplicates."""

    def __init__(self, service: str, database: Database, settings: Settings):
        self.service = service
        self.database = database
        self.settings = settings
        self.outboxes = Outboxes(database)
        self.bell = WakeUpCollector(settings, service)
        self.settling = Settling(database, self.outboxes, self.bell.ring)
        self.channel: ConfirmingChannel | None = None
        self.unwanted: dict[tuple, float] = {}
        self.published = 0
        self.reported = 0
        self.next_report = time.monotonic() + MINUTE
        self.next_beat = 0.0
        self.next_sweep = 0.0
        self.again: set[str] = set()
        self.next_complaint = 0.0
        self.next_look = 0.0

    def stop(self) -> None:
        """Let the loop end after the batch in hand; safe from any thread."""
        self.bell.stop()

    def run(self) -> None:
        """Relay until `stop`."""
        listening = self._start("doorbell", self.bell.listen)
        settling = self._start("settling", self.settling.work)
        log.info("relay started", extra={"service": self.service})
        broken_since, pause = None, 0.1
        while not self.bell.stopping:
            try:
                self._round()
                if broken_since is not None:
                    lasted = round(time.monotonic() - broken_since, 1)
                    log.warning("relay works again", extra={"seconds": lasted})
                broken_since, pause = None, 0.1
            except (*publishing.OUTAGES, PyMongoError) as error:
                self._drop_channel()
                if broken_since is None:
                    broken_since = time.monotonic()
                    log.warning("relay cannot work, trying again", extra={"failure": _name(error)})
                pause = min(pause * 2, LONGEST_PAUSE)
                self._rest(pause)
        self._drop_channel()
        self.settling.stop(GRACE)
        settling.join(1)
        listening.join(5)
        log.info("relay stopped", extra={"service": self.service, "published": self.published})

    def _round(self) -> None:
        """Wait for the bell or the sweep's time, publish what is pending, report."""
        self.settling.check()
        if self.channel is None:
            self.channel = self._open()
        if not self.again:
            self._rest(max(0.0, self.next_look - time.monotonic()))
        rung, everywhere = self.bell.wait(0.0 if self.again else self.next_sweep - time.monotonic())
        if time.monotonic() >= self.next_sweep:
            self.next_sweep, everywhere = time.monotonic() + self.settings.relay_sweep, True
        if everywhere:
            self.outboxes.look()
        self.outboxes.collections |= rung
        todo = set(self.outboxes.collections) if everywhere else rung | self.again
        self.channel.tend()
        self.again = {collection for collection in todo if self._publish_some(collection)}
        self.next_look = time.monotonic() + PACE
        self._report()

    def _publish_some(self, collection: str) -> bool:
        """Publish a bounded number of documents of a collection; tells whether there may be more of them."""
        most = BATCHES * self.settings.relay_batch
        self.settling.forget_cleared()
        with contextlib.closing(self.outboxes.pending(collection)) as found:
            counted = _Counted(islice(self.settling.fresh(filter(self._is_due, found)), most))
            waiting = takewhile(lambda _: not self.bell.stopping, counted)
            sending = Sending(self.channel, self.settings.relay_batch, self.settling.add, self._keep)
            try:
                sending.run(waiting)
            finally:
                self.published += sending.taken
        return counted.count == most

    def _keep(self, pending: PendingEvents, why: str) -> None:
        """Leave a refused event, and those behind it, in the outbox until the next sweep."""
        entry, pending.stuck = pending.next, True
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
            pending, oldest = self.outboxes.backlog()
            beat = {"at": utc_now(), "pending": pending, "oldest": oldest, "published": self.published}
            self.database[HEARTBEATS].update_one({"_id": "relay"}, {"$set": beat}, upsert=True)
            if now >= self.next_report:
                self.next_report = now + MINUTE
                sent, self.reported = self.published - self.reported, self.published
                log.info("relayed", extra={"published": sent, "pending": pending})

    def _open(self) -> ConfirmingChannel:
        channel = ConfirmingChannel(publishing.connect(self.settings.amqp_uri, f"relay of {self.service}"))
        declare_events_exchange(channel.channel)
        return channel

    def _drop_channel(self) -> None:
        if self.channel is not None:
            publishing.close_quietly(self.channel.connection)
            self.channel = None
        self.bell.ring()

    def _start(self, name: str, body: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=body, name=name, daemon=True)
        thread.start()
        return thread

    def _rest(self, seconds: float) -> None:
        with self.bell.changed:
            self.bell.changed.wait_for(lambda: self.bell.stopping, seconds)


class _Counted:
    """Counts what is taken out of an iterator."""

    def __init__(self, items: Iterator[PendingEvents]):
        self.items = items
        self.count = 0

    def __iter__(self) -> Iterator[PendingEvents]:
        for item in self.items:
            self.count += 1
            yield item


def _name(error: Exception) -> str:
    return type(error).__name__
