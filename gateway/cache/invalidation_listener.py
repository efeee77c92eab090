"""Hears the events that end kept answers: one native thread and one queue in each worker process.

The queue has no bound on its length, because a dropped event would be an answer that stays wrong; its bound is one of time.
Each second a marker is sent through it. One that comes back proves that everything before it was heard; while none comes
back the store is not used, and after a while the connection is given up, and the queue with it.
"""

import time
import uuid
from collections.abc import Iterable

import amqp

from gateway.cache.store import KeptAnswers
from services.chassis.amqp.private_queues import declare_private_events
from services.chassis.amqp.reconnecting import ReconnectingConsumer
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.events.event import PREFIX
from services.chassis.operations.patterns import Wanted

GIVEN_UP = 10.0
"""Seconds after which a marker is lost, and the connection with it."""
CONNECTION = "gateway cache"
"""The name that the broker's operators see."""


class InvalidationListener(ReconnectingConsumer):
    """Tells a store what changed and until when everything was heard; begins with its making."""

    complaint = "the cache hears no events and is not used"
    outages = (Exception,)

    def __init__(self, uri: str, patterns: Iterable[str], store: KeptAnswers):
        super().__init__(uri, CONNECTION)
        self._keys = sorted({Wanted(pattern).routing_key for pattern in patterns})
        self._store = store
        self._channel: amqp.Channel | None = None
        self._queue = ""
        self._marker: tuple[bytes, float] | None = None
        self.start()

    def opened(self, channel: amqp.Channel) -> None:
        """Consume the events, and send the first marker after them."""
        self._channel = channel
        self._queue = declare_private_events(channel, self._keys, name=f"gateway.cache-{uuid.uuid4().hex}")
        channel.basic_consume(self._queue, no_ack=True, callback=self._arrived)
        self.tick()

    def tick(self) -> None:
        """Send the next marker, if the last one has come back; raises ConnectionError where it is lost."""
        now = time.monotonic()
        if self._channel is None:
            raise ConnectionError("there is no channel to send a marker over")
        if self._marker is None:
            self._marker = uuid.uuid4().bytes, now
            message = amqp.Message(self._marker[0], delivery_mode=1)
            self._channel.basic_publish(message, exchange="", routing_key=self._queue)
        elif now - self._marker[1] > GIVEN_UP:
            raise ConnectionError(f"nothing was heard for {GIVEN_UP:g} s")

    def lost(self) -> None:
        """Use nothing of what is kept: from now on something may be missed."""
        self._store.empty()
        self._channel = self._marker = None

    def _arrived(self, message: amqp.Message) -> None:
        if message.delivery_info["exchange"] == EXCHANGE:
            told = message.properties.get("application_headers") or {}
            self._store.changed(str(told.get(f"{PREFIX}type")), str(told.get(f"{PREFIX}subject")))
        elif self._marker and message.body == self._marker[0]:
            self._store.heard_everything(self._marker[1])
            self._marker = None
