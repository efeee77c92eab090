"""Bells: who has written tells who waits for it at once, through the broker; a ring that nobody hears loses nothing.

    exchange xiangzhi.bells (direct), routing key <service>.<what>, body: the collection that was written, "" for any

Rings are transient and follow the commit: who waits also sweeps. MongoDB's change streams would ring as well, but each of them makes
the server look through every write of the whole platform (0.5 ms of its processor time for each write, with six listeners).
"""

import contextlib
import logging
import threading
from collections.abc import Callable

import amqp

from services.chassis.amqp import publishing
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing

log = logging.getLogger(__name__)

EXCHANGE = "xiangzhi.bells"
ANYTHING = ""
OUTBOX = "outbox"
"""What relays wait for."""
TEND_SECONDS = 5.0
AGAIN_SECONDS = 1.0
OWN_QUEUE = {"x-max-length": 1_000, "x-overflow": "drop-head"}


class WakeUps:
    """Rings for one service from any thread, without waiting; what is rung while a ring is on its way goes out as one."""

    def __init__(self, uri: str, service: str):
        self._uri = uri
        self._service = service
        self._changed = threading.Condition()
        self._rung: set[tuple[str, str]] = set()
        self._thread: threading.Thread | None = None
        self._channel: ConfirmingChannel | None = None
        self._closed = False

    def ring(self, collection: str = ANYTHING, what: str = OUTBOX) -> None:
        """Say that something was written to a collection; the first ring starts the thread that sends them."""
        with self._changed:
            self._rung.add((what, collection))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="bell", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """End the thread; what is rung later is not sent."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        while not self._closed:
            with self._changed:
                self._changed.wait_for(lambda: self._rung or self._closed, TEND_SECONDS)
                rung, self._rung = self._rung, set()
            try:
                self._send(rung)
            except publishing.OUTAGES:
                # the sweeps find what was written
                self._drop()
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, AGAIN_SECONDS)
        self._drop()

    def _send(self, rung: set[tuple[str, str]]) -> None:
        if self._channel is None:
            connection = publishing.connect(self._uri, f"rings for {self._service}")
            self._channel = ConfirmingChannel(connection)
            declare(self._channel.channel)
        self._channel.tend()
        if rung:
            self._channel.publish(
                Outgoing(
                    EXCHANGE,
                    f"{self._service}.{what}",
                    collection.encode(),
                    {"message_id": f"{what} {collection}"},
                )
                for what, collection in rung
            )

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        publishing.close_quietly(channel and channel.connection)


def hear(
    uri: str, service: str, rang: Callable[[str], None], stopping: threading.Event, what: str = OUTBOX
) -> None:
    """Call `rang(collection)` for every ring about `what` until told to stop; the body of a thread.

    Rings once for ANYTHING whenever hearing begins: what came before was not heard.
    """
    spoke = False
    while not stopping.is_set():
        connection = None
        try:
            connection = publishing.connect(uri, f"waits for {service}")
            _listen(connection, f"{service}.{what}", rang)
            spoke = False
            while not stopping.is_set():
                connection.heartbeat_tick()
                with contextlib.suppress(TimeoutError):
                    connection.drain_events(timeout=0.5)
        except publishing.OUTAGES as error:
            if not spoke:
                seen = {"service": service, "failure": type(error).__name__}
                log.warning("rings are not heard, sweeping only", extra=seen)
            spoke = True
            stopping.wait(AGAIN_SECONDS)
        finally:
            publishing.close_quietly(connection)


def _listen(connection: publishing.Connection, key: str, rang: Callable[[str], None]) -> None:
    channel = connection.channel()
    channel.auto_decode = False
    declare(channel)
    queue = channel.queue_declare("", exclusive=True, durable=False, auto_delete=True, arguments=OWN_QUEUE)
    channel.queue_bind(queue.queue, EXCHANGE, key)

    def delivered(message: amqp.Message) -> None:
        # py-amqp gives an empty body as text
        rang(bytes(message.body or b"").decode())

    channel.basic_consume(queue.queue, no_ack=True, callback=delivered)
    rang(ANYTHING)


def declare(channel) -> None:
    """Declare the exchange of all bells."""
    channel.exchange_declare(EXCHANGE, "direct", durable=True, auto_delete=False)
