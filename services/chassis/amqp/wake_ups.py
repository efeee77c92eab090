"""Wake-up notifications: who has written tells who waits for it at once, through the broker; a lost one loses nothing.

    exchange xiangzhi.bells (direct), routing key <service>.<what>, body: the collection that was written, "" for any

They are transient and follow the commit: who waits also sweeps. MongoDB's change streams would notify as well, but each of
them makes the server look through every write of the whole platform (0.5 ms of its processor time for each write, with six
listeners).
"""

import threading

from services.chassis.amqp import transport
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing

EXCHANGE = "xiangzhi.bells"
ANYTHING = ""
OUTBOX = "outbox"
"""What relays wait for."""
TEND_SECONDS = 5.0
AGAIN_SECONDS = 1.0


class WakeUpNotifier:
    """Notifies for one service from any thread, without waiting; what comes while one is on its way goes out with the next."""

    def __init__(self, uri: str, service: str):
        self._uri = uri
        self._service = service
        self._changed = threading.Condition()
        self._written: set[tuple[str, str]] = set()
        self._thread: threading.Thread | None = None
        self._channel: ConfirmingChannel | None = None
        self._closed = False

    def notify(self, collection: str = ANYTHING, what: str = OUTBOX) -> None:
        """Say that something was written to a collection; the first time starts the thread that sends it."""
        with self._changed:
            self._written.add((what, collection))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="wake-ups", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """End the thread; what is written later is not told."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        while not self._closed:
            with self._changed:
                self._changed.wait_for(lambda: self._written or self._closed, TEND_SECONDS)
                written, self._written = self._written, set()
            try:
                self._send(written)
            except transport.OUTAGES:
                # the sweeps find what was written
                self._drop()
                with self._changed:
                    self._changed.wait_for(lambda: self._closed, AGAIN_SECONDS)
        self._drop()

    def _send(self, written: set[tuple[str, str]]) -> None:
        if self._channel is None:
            self._channel = ConfirmingChannel(transport.connect(self._uri, f"notifies for {self._service}"))
            declare(self._channel.channel)
        self._channel.tend()
        if written:
            self._channel.publish(
                Outgoing(
                    EXCHANGE,
                    f"{self._service}.{what}",
                    collection.encode(),
                    {"message_id": f"{what} {collection}"},
                )
                for what, collection in written
            )

    def _drop(self) -> None:
        channel, self._channel = self._channel, None
        transport.close_quietly(channel.connection if channel else None)


def declare(channel) -> None:
    """Declare the exchange of all wake-up notifications."""
    channel.exchange_declare(EXCHANGE, "direct", durable=True, auto_delete=False)
