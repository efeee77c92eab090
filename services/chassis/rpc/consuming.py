"""The service's end of the wire: its queue, the loop that reads it, and the answers on the same channel."""

import logging
import random
import time
from collections.abc import Callable
from threading import Event, Lock

import amqp
from amqp import spec

from services.chassis.amqp import transport
from services.chassis.amqp.frames import OPTIONAL, acknowledging, publish_frames
from services.chassis.amqp.writer import BatchedWriter
from services.chassis.rpc import wire

log = logging.getLogger(__name__)

LONGEST_PAUSE = 5.0
"""Seconds between two tries to reach the broker, at most."""


class Consuming:
    """Consumes a service's queue over one connection, made anew whenever it is lost, until closed.

    `run` is the only reader of the socket. `on_message` gets each request and must not block for long;
    `answer` ends it. `ready` is set once requests can come, or when the wait for that is over.
    """

    def __init__(self, uri: str, service: str, prefetch: int, on_message: Callable[[amqp.Message], None]):
        self.uri = uri
        self.service = service
        self.prefetch = prefetch
        self.on_message = on_message
        self.ready = Event()
        self._ended = Event()
        self._stopping = False
        self._cancelled = Event()
        self._closing = Event()
        self._writing = Lock()
        self._connection = None
        self._channel = None
        self._writer: BatchedWriter | None = None
        self._tag = f"rpc-{service}"

    def run(self) -> None:
        """Consume until `close`; a lost or missing broker costs one warning a try, never an exception."""
        pause = 0.2
        try:
            while not self._stopping:
                try:
                    self._open()
                    pause = 0.2
                    self._read()
                except transport.LOST as error:
                    if self._stopping:
                        return
                    self._warn(error)
                    self._closing.wait(random.uniform(pause / 2, pause))
                    pause = min(pause * 2, LONGEST_PAUSE)
                finally:
                    self._drop()
        finally:
            self.ready.set()
            self._cancelled.set()
            self._ended.set()

    def cancel(self) -> None:
        """Ask the broker for no more requests, and return when those already on their way are here."""
        self._stopping = True
        self.ready.set()
        if self._channel is None:
            self._closing.set()
        else:
            self._send_cancel()
        self._cancelled.wait(2 * transport.PATIENCE)

    def _send_cancel(self) -> None:
        try:
            # only written: `run` reads the broker's answer, and with it every request that was sent before
            with self._writing:
                self._channel.send_method(spec.Basic.Cancel, "sb", (self._tag, False))
        except transport.LOST:
            self._closing.set()

    def close(self) -> None:
        """End `run` and wait for it, some seconds at most."""
        self._closing.set()
        self._ended.wait(2 * transport.PATIENCE)

    def answer(self, message: amqp.Message, body: bytes) -> None:
        """Send the answer, then acknowledge the request: both on the channel that it came on, with what others answer now.

        Where that channel is gone nothing is sent: the broker delivers the request again.
        """
        try:
            frames = acknowledging(message.channel.channel_id, message.delivery_tag, False)
            if message.properties.get("reply_to"):
                frames = _reply(message, body) + frames
            self._write(message.channel.connection, frames)
        except transport.LOST as error:
            log.info("an answer met a lost connection", extra={"reason": type(error).__name__})

    def _write(self, connection: transport.RpcConnection, frames: bytes) -> None:
        with self._writing:
            if connection is not self._connection:
                raise ConnectionResetError
            writer = self._writer
            first = writer.bring(frames)
        if first:
            writer.write()

    def _open(self) -> None:
        self._connection = transport.connect(self.uri, f"{self.service} rpc")
        self._writer = BatchedWriter(self._connection, self._writing)
        channel = self._connection.channel()
        channel.auto_decode = False
        queue = wire.queue_name(self.service)
        channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
        channel.queue_declare(queue, durable=True, auto_delete=False, arguments=wire.queue_arguments())
        channel.queue_bind(queue, wire.EXCHANGE, f"{self.service}.*")
        channel.basic_qos(0, self.prefetch, False)
        channel.basic_consume(queue, consumer_tag=self._tag, callback=self.on_message)
        self._channel = channel
        self.ready.set()

    def _read(self) -> None:
        if self._stopping:
            self._send_cancel()
        ticked = time.monotonic()
        while not self._stopping or self._tag in self._channel.callbacks:
            transport.drain(self._connection)
            if time.monotonic() - ticked >= transport.PATIENCE:
                with self._writing:
                    self._connection.heartbeat_tick()
                ticked = time.monotonic()
        self._cancelled.set()
        self._closing.wait()

    def _warn(self, error: BaseException) -> None:
        log.warning("the broker is not reachable, trying again", extra={"exception": repr(error)[:200]})

    def _drop(self) -> None:
        connection, self._connection, self._channel = self._connection, None, None
        transport.hang_up(connection)


def _reply(message: amqp.Message, body: bytes) -> bytes:
    """Give the frames of the answer; who asked may be gone, and then nobody wants it."""
    asked, channel = message.properties, message.channel
    properties = {**wire.KIND, "correlation_id": asked.get("correlation_id", "")}
    most = channel.connection.frame_max
    return publish_frames(
        channel.channel_id, wire.EXCHANGE, asked["reply_to"], body, properties, most, OPTIONAL
    )
