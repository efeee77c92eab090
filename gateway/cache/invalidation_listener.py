"""Hears the events that end kept answers: one native thread and one queue in each worker process.

The queue is exclusive and auto-delete: it goes with its connection, and a dead worker leaves nothing behind. It has no
bound on its length, because a dropped event would be an answer that stays wrong; its bound is one of time. Each second a
marker is sent through it. One that comes back proves that everything before it was heard; while none comes back the
store is not used, and after a while the connection is given up, and the queue with it.
"""

import contextlib
import logging
import os
import threading
import time
import uuid
from collections.abc import Iterable

import amqp

from gateway.cache.store import KeptAnswers
from services.chassis.amqp import transport
from services.chassis.amqp.topology import DEAD_LETTERS, EXCHANGE
from services.chassis.core.backoff import Backoff
from services.chassis.events.event import PREFIX
from services.chassis.operations.patterns import Wanted

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds from one marker to the next."""
GIVEN_UP = 10.0
"""Seconds after which a marker is lost, and the connection with it."""
CONNECTION = "gateway cache"
"""The name that the broker's operators see."""


class InvalidationListener:
    """Tells a store what changed and until when everything was heard; begins with its making, in that process."""

    def __init__(self, uri: str, patterns: Iterable[str], store: KeptAnswers):
        self.pid = os.getpid()
        self._uri = uri
        self._keys = sorted({Wanted(pattern).routing_key for pattern in patterns})
        self._store = store
        self._connection: transport.RpcConnection | None = None
        self._channel: amqp.Channel | None = None
        self._queue = ""
        self._marker: tuple[bytes, float] | None = None
        self._marked = float("-inf")
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cache-hearing", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread and its connection; the store is empty afterwards."""
        self._closing.set()
        self._thread.join(2 * transport.PATIENCE)

    def _run(self) -> None:
        backoff = Backoff()
        while not self._closing.is_set():
            try:
                self._open()
                backoff = Backoff()
                self._listen()
            except transport.LOST as error:
                if backoff.should_speak():
                    reason = repr(error)[:200]
                    log.warning("the cache hears no events and is not used", extra={"exception": reason})
            except Exception:
                log.exception("the cache's hearing failed, connecting again")
            finally:
                self._store.empty()
                transport.hang_up(self._connection)
                self._connection = self._channel = self._marker = None
            self._closing.wait(backoff.seconds())

    def _open(self) -> None:
        self._connection = transport.connect(self._uri, CONNECTION)
        self._channel = channel = self._connection.channel()
        channel.auto_decode = False
        # where nothing is declared, our queue alone would make the relay believe that somebody wants its events
        channel.queue_declare(DEAD_LETTERS, passive=True)
        self._queue = f"gateway.cache-{uuid.uuid4().hex}"
        channel.queue_declare(self._queue, exclusive=True, durable=False, auto_delete=True)
        for key in self._keys:
            channel.queue_bind(self._queue, EXCHANGE, key)
        channel.basic_consume(self._queue, no_ack=True, callback=self._arrived)
        self._marked = float("-inf")

    def _listen(self) -> None:
        while not self._closing.is_set():
            self._send_marker()
            with contextlib.suppress(TimeoutError):
                self._connection.drain_events(timeout=TICK)
            self._connection.heartbeat_tick()

    def _send_marker(self) -> None:
        now = time.monotonic()
        if self._marker:
            if now - self._marked > GIVEN_UP:
                raise ConnectionError(f"nothing was heard for {GIVEN_UP:g} s")
        elif now - self._marked >= TICK:
            self._marker, self._marked = (uuid.uuid4().bytes, now), now
            message = amqp.Message(self._marker[0], delivery_mode=1)
            self._channel.basic_publish(message, exchange="", routing_key=self._queue)

    def _arrived(self, message: amqp.Message) -> None:
        if message.delivery_info["exchange"] == EXCHANGE:
            told = message.properties.get("application_headers") or {}
            self._store.changed(str(told.get(f"{PREFIX}type")), str(told.get(f"{PREFIX}subject")))
        elif self._marker and message.body == self._marker[0]:
            self._store.heard_everything(self._marker[1])
            self._marker = None
