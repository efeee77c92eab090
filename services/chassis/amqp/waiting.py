"""The other end of wake-up notifications: hears them, and collects them until whoever waits has time for them."""

import threading
from collections.abc import Callable
from typing import NamedTuple

import amqp

from services.chassis.amqp.private_queues import declare_private, dropping_oldest
from services.chassis.amqp.reconnecting import ReconnectingConsumer
from services.chassis.amqp.wake_ups import ANYTHING, EXCHANGE, OUTBOX, declare


class WakeUpListener(ReconnectingConsumer):
    """Calls `notified(collection)` for every notification about `what`.

    Also once for ANYTHING whenever the hearing begins: what came before was not heard.
    """

    complaint = "wake-ups are not heard, sweeping only"
    tick_seconds = 0.5

    def __init__(self, uri: str, service: str, notified: Callable[[str], None], what: str = OUTBOX):
        super().__init__(uri, f"waits for {service}")
        self._key = f"{service}.{what}"
        self._notified = notified

    def opened(self, channel: amqp.Channel) -> None:
        """Consume the notifications."""
        declare(channel)
        queue = declare_private(channel, EXCHANGE, [self._key], dropping_oldest(1_000))
        channel.basic_consume(queue, no_ack=True, callback=self._arrived)
        self._notified(ANYTHING)

    def _arrived(self, message: amqp.Message) -> None:
        # py-amqp gives an empty body as text
        self._notified(bytes(message.body or b"").decode())


class Written(NamedTuple):
    """What was written since the last look: these collections, or anything."""

    collections: set[str]
    anything: bool


class WakeUpCollector:
    """Collects notifications until somebody waits for them; safe from any thread."""

    def __init__(self):
        self._changed = threading.Condition()
        self._collections: set[str] = set()
        self._anything = True

    def notify(self, collection: str = ANYTHING) -> None:
        """Wake who waits, for one collection or for anything."""
        with self._changed:
            if collection:
                self._collections.add(collection)
            else:
                self._anything = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> Written:
        """Wait for a notification, at most so long; gives what came since the last time."""
        with self._changed:
            self._changed.wait_for(lambda: self._collections or self._anything, max(0.0, seconds))
            written = Written(self._collections, self._anything)
            self._collections, self._anything = set(), False
            return written
