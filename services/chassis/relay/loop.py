"""The relay's loop: wait for the bell, publish in waves, archive, clear; survive every outage."""

import contextlib
import logging
import threading
import time
from itertools import islice

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis import archive, broker
from services.chassis.broker import ConfirmingChannel, Outgoing
from services.chassis.calls import utc_now
from services.chassis.events import EXCHANGE, Envelope, routing_key, to_message
from services.chassis.relay.doorbell import Doorbell
from services.chassis.relay.outbox import Outboxes, Pending
from services.chassis.settings import Settings
from services.chassis.topology import declare_events_exchange

log = logging.getLogger("services.chassis.relay")

HEARTBEATS = "heartbeats"
MINUTE = 60.0
LONGEST_PAUSE = 5.0
BATCHES = 20
"""Batches of one collection before the others have their turn."""


class Relay:
    """Publishes the outboxes of one service until it is stopped. Two relays at once only make duplicates."""

    def __init__(self, service: str, database: Database, settings: Settings):
        self.service = service
        self.database = database
        self.settings = settings
        self.outboxes = Outboxes(database)
        self.bell = Doorbell(database)
        self.channel: ConfirmingChannel | None = None
        self.unwanted: dict[tuple, float] = {}
        self.published = 0
        self.reported = 0
        self.next_report = time.monotonic() + MINUTE
        self.next_beat = 0.0
        self.next_sweep = 0.0
        self.again: set[str] = set()
        self.next_complaint = 0.0

    def stop(self) -> None:
        """Let the loop end after the batch in hand; safe from any thread."""
        self.bell.stop()

    def run(self) -> None:
        """Relay until `stop`."""
        listening = threading.Thread(target=self.bell.listen, name="doorbell", daemon=True)
        listening.start()
        log.info("relay started", extra={"service": self.service})
        broken_since, pause = None, 0.1
        while not self.bell.stopping:
            try:
                self._round()
                if broken_since is not None:
                    lasted = round(time.monotonic() - broken_since, 1)
                    log.warning("relay works again", extra={"seconds": lasted})
                broken_since, pause = None, 0.1
            except (*broker.OUTAGES, PyMongoError) as error:
                self._drop_channel()
                if broken_since is None:
                    broken_since = time.monotonic()
                    log.warning("relay cannot work, trying again", extra={"failure": _name(error)})
                pause = min(pause * 2, LONGEST_PAUSE)
                self._rest(pause)
        self._drop_channel()
        listening.join(5)
        log.info("relay stopped", extra={"service": self.service, "published": self.published})

    def _round(self) -> None:
        """Wait for the bell or the sweep's time, publish what is pending, report."""
        if self.channel is None:
            self.channel = self._open()
        # what was pushed between reading and clearing rings no bell: look again until there is nothing
        patience = 0.0 if self.again else self.next_sweep - time.monotonic()
        rung, everywhere = self.bell.wait(patience)
        if time.monotonic() >= self.next_sweep:
            self.next_sweep, everywhere = time.monotonic() + self.settings.relay_sweep, True
        if everywhere:
            self.outboxes.look()
        self.outboxes.collections |= rung
        todo = set(self.outboxes.collections) if everywhere else rung | self.again
        self.channel.tend()
        self.again = {collection for collection in todo if self._publish_some(collection)}
        self._report()

    def _publish_some(self, collection: str) -> bool:
        """Publish a bounded number of batches of a collection; tells whether anything was sent."""
        before = self.published
        waiting = (pending for pending in self.outboxes.pending(collection) if self._is_due(pending))
        with contextlib.closing(waiting):
            for _ in range(BATCHES):
                batch = list(islice(waiting, self.settings.relay_batch))
                if not batch or self.bell.stopping:
                    break
                self._publish_batch(batch)
        return self.published > before

    def _publish_batch(self, batch: list[Pending]) -> None:
        """Publish in waves: an aggregate's next event goes out only when the broker has taken the one before.

        A nack or a return can hit any message of a wave, so within one wave a later event could overtake.
        """
        taken: list[dict] = []
        try:
            while wave := [pending for pending in batch if pending.next]:
                taken += self._publish_wave(wave)
        finally:
            # also where a later wave failed: what the broker has taken need not be sent again
            if taken:
                archive.append(self.database, taken)
                self.outboxes.clear([pending for pending in batch if pending.sent])
                self.published += len(taken)

    def _publish_wave(self, wave: list[Pending]) -> list[dict]:
        messages = []
        for pending in wave:
            envelope = Envelope.from_document(pending.next)
            body, properties = to_message(envelope)
            messages.append(Outgoing(EXCHANGE, routing_key(envelope), body, properties))
        refused = self.channel.publish(messages)
        taken = []
        for pending in wave:
            why = refused.get(pending.next["id"]) if refused else None
            if why:
                self._keep(pending, why)
            else:
                taken.append(pending.next)
                pending.sent += 1
        return taken

    def _keep(self, pending: Pending, why: str) -> None:
        """Leave a refused event, and those behind it, in the outbox until the next sweep."""
        entry, pending.stuck = pending.next, True
        now = time.monotonic()
        self.unwanted[pending.key] = now + self.settings.relay_sweep
        if now >= self.next_complaint:
            self.next_complaint = now + MINUTE
            seen = {"event": entry["id"], "type": entry["type"], "why": why, "stuck": len(self.unwanted)}
            log.error("events stay in their outbox: declare the queues, then they follow", extra=seen)

    def _is_due(self, pending: Pending) -> bool:
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
        channel = ConfirmingChannel(broker.connect(self.settings.amqp_uri, f"relay of {self.service}"))
        declare_events_exchange(channel.channel)
        return channel

    def _drop_channel(self) -> None:
        if self.channel is not None:
            broker.close_quietly(self.channel.connection)
            self.channel = None
        self.bell.ring()

    def _rest(self, seconds: float) -> None:
        with self.bell.changed:
            self.bell.changed.wait_for(lambda: self.bell.stopping, seconds)


def _name(error: Exception) -> str:
    return type(error).__name__
