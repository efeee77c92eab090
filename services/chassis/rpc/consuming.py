"""The service's end of the wire: its queue, the loop that reads it, and the answers on the same channel."""

import logging
from collections.abc import Callable
from threading import Event
from typing import cast

import amqp
from amqp import spec

from services.chassis.amqp import transport
from services.chassis.amqp.frames import OPTIONAL, acknowledging, publish_frames
from services.chassis.amqp.reconnecting import PATIENCE, ReconnectingConsumer
from services.chassis.amqp.writer import BatchedWriter
from services.chassis.rpc import wire

log = logging.getLogger(__name__)


class Consuming(ReconnectingConsumer):
    """Consumes a service's queue until closed; a lost or missing broker never ends it.

    `on_message` gets each request and must not block for long; `answer` ends it. `ready` is set once requests can come, or
    when the wait for that is over.
    """

    tick_seconds = PATIENCE

    def __init__(self, uri: str, service: str, prefetch: int, on_message: Callable[[amqp.Message], None]):
        super().__init__(uri, f"{service} rpc")
        self.service = service
        self.prefetch = prefetch
        self.on_message = on_message
        self.ready = Event()
        self._ended = Event()
        self._cancelled = Event()
        self._closing = Event()
        self._channel: amqp.Channel | None = None
        # made by `opened`, before the first request comes
        self._writer: BatchedWriter
        self._tag, self._spare_tag = f"rpc-{service}", f"rpc-{service}-spare"
        self._lacks_first = False

    @property
    def consumes(self) -> bool:
        """Tell whether requests reach it now."""
        return self._channel is not None and not self.stopping.is_set()

    def run(self) -> None:
        """Consume until `close`."""
        try:
            super().run()
        finally:
            self.ready.set()
            self._cancelled.set()
            self._ended.set()

    def cancel(self) -> None:
        """Ask the broker for no more requests, and return when those already on their way are here."""
        self.stopping.set()
        self.ready.set()
        self._send_cancel()
        self._cancelled.wait(2 * PATIENCE)

    def _send_cancel(self) -> None:
        channel = self._channel
        if channel is None:
            self._closing.set()
            return
        try:
            # only written: `run` reads the broker's answer, and with it every request that was sent before
            with self.writing:
                for tag in (self._tag, self._spare_tag):
                    if tag in channel.callbacks:
                        channel.send_method(spec.Basic.Cancel, "sb", (tag, False))
        except transport.OUTAGES:
            self._closing.set()

    def close(self) -> None:
        """End `run` and wait for it, some seconds at most."""
        self._closing.set()
        self._ended.wait(2 * PATIENCE)

    def answer(self, message: amqp.Message, body: bytes) -> None:
        """Send the answer, then acknowledge the request: both on the channel that it came on, with what others answer now.

        Where that channel is gone nothing is sent: the broker delivers the request again.
        """
        try:
            frames = acknowledging(message.channel.channel_id, message.delivery_tag, False)
            if message.properties.get("reply_to"):
                frames = _reply(message, body) + frames
            self._write(message.channel.connection, frames)
        except transport.OUTAGES as error:
            log.info("an answer met a lost connection", extra={"reason": type(error).__name__})

    def _write(self, connection: transport.Connection, frames: bytes) -> None:
        with self.writing:
            if connection is not self.connection:
                raise ConnectionResetError
            writer = self._writer
            first = writer.bring(frames)
        if first:
            writer.write()

    def opened(self, channel: amqp.Channel) -> None:
        """Declare and consume the spare queue, and the first one unless its node is away; then it is looked for again and again."""
        self._writer = BatchedWriter(self.connection, self.writing)
        # requests of the spare queue are answered while the other one is declared
        with self.writing:
            channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
            channel.basic_qos(0, self.prefetch, False)
            self._consume_spare(channel)
            self._lacks_first = not self._has_first()
            if not self._lacks_first:
                self._consume_first(channel)
        if self._lacks_first:
            log.warning(
                "the queue's node of the broker is away", extra={"queue": wire.queue_name(self.service)}
            )
        self._channel = channel
        self.ready.set()

    def tick(self) -> None:
        """Take the first queue up where its node is back."""
        if self._lacks_first and self._channel is not None and not self.stopping.is_set():
            with self.writing:
                if self._has_first():
                    self._consume_first(self._channel)
                    self._lacks_first = False

    def _has_first(self) -> bool:
        """Declare the first queue on a channel of its own, which a refusal closes; tells whether its node is there."""
        channel = cast(transport.Connection, self.connection).channel()
        name = wire.queue_name(self.service)
        try:
            channel.queue_declare(name, durable=True, auto_delete=False, arguments=wire.queue_arguments())
            channel.queue_bind(name, wire.EXCHANGE, f"{self.service}.*")
        except amqp.NotFound:
            return False
        channel.close()
        return True

    def _consume_first(self, channel: amqp.Channel) -> None:
        name = wire.queue_name(self.service)
        channel.basic_consume(name, consumer_tag=self._tag, callback=self.on_message)

    def _consume_spare(self, channel: amqp.Channel) -> None:
        name = wire.spare_name(self.service)
        channel.queue_declare(name, durable=True, auto_delete=False, arguments=wire.spare_arguments())
        channel.queue_bind(name, wire.EXCHANGE, wire.spare_route(f"{self.service}.*"))
        channel.basic_consume(name, consumer_tag=self._spare_tag, callback=self.on_message)

    def read(self) -> None:
        """Handle requests until `cancel`, then keep the connection for their answers until `close`."""
        if self.stopping.is_set():
            self._send_cancel()
        super().read()
        self._cancelled.set()
        self._closing.wait()

    def goes_on(self) -> bool:
        """Tell whether requests may still be on their way."""
        if not self.stopping.is_set():
            return True
        tags = {self._tag, self._spare_tag}
        return self._channel is not None and not tags.isdisjoint(self._channel.callbacks)

    def lost(self) -> None:
        """Answer over this connection no more."""
        self._channel = None


def _reply(message: amqp.Message, body: bytes) -> bytes:
    """Give the frames of the answer; who asked may be gone, and then nobody wants it."""
    asked, channel = message.properties, message.channel
    properties = {**wire.KIND, "correlation_id": asked.get("correlation_id", "")}
    most = channel.connection.frame_max
    return publish_frames(
        channel.channel_id, wire.EXCHANGE, asked["reply_to"], body, properties, most, OPTIONAL
    )
