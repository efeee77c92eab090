"""The gateway's one connection: many threads write, one thread reads, and makes it anew when it is lost.

Threads are native ones or, in the gateway's workers, gevent's greenlets. Made in the process that uses it: a
connection does not survive a fork.
"""

import itertools
import threading
import time
import uuid

import amqp
from amqp import spec

from services.chassis.amqp import transport
from services.chassis.amqp.frames import publish_frames
from services.chassis.amqp.private_queues import declare_private, dropping_oldest
from services.chassis.amqp.reconnecting import PATIENCE, ReconnectingConsumer
from services.chassis.amqp.writer import BatchedWriter
from services.chassis.core.errors import DomainError, Unavailable
from services.chassis.rpc import wire

GRACE = 1.0
"""Seconds that a call waits for a connection that is being made; longer than a cut takes to heal."""


class PendingCall:
    """One call that waits for its answer: settled once, by the reader."""

    __slots__ = ("_gate", "body", "error")

    def __init__(self):
        self.body: bytes | None = None
        self.error: DomainError | None = None
        self._gate = threading.Lock()
        self._gate.acquire()

    def settle(self, body: bytes | None = None, error: DomainError | None = None) -> None:
        """Give the answer or the error, and wake who waits."""
        self.body, self.error = body, error
        self._gate.release()

    def wait(self, seconds: float) -> bool:
        """Wait for the settling; tells whether it came in time."""
        return self._gate.acquire(timeout=max(seconds, 0))


class Link(ReconnectingConsumer):
    """The connection of one process, on which so many calls are in flight at most; its thread starts with it."""

    tick_seconds = PATIENCE
    outages = (Exception,)

    def __init__(self, uri: str, name: str, in_flight: int):
        super().__init__(uri, f"{name} rpc")
        self._most = in_flight
        self._queue = f"rpc.reply-{name}"
        self._pending: dict[str, PendingCall] = {}
        self._numbers = itertools.count()
        self._prefix = uuid.uuid4().hex
        self._channel = None
        self._writer: BatchedWriter | None = None
        self._reply_to = ""
        self._ready = threading.Event()
        self.start()

    @property
    def connected(self) -> bool:
        """Tell whether calls can be sent now."""
        return self._ready.is_set()

    def send(
        self, asked: list[tuple[str, bytes]], headers: dict, deadline: float
    ) -> list[tuple[str, PendingCall]]:
        """Send requests, each a route and a body, in one write; they are of no use after `deadline` (monotonic).

        Gives for each its correlation, to be forgotten at the end, and where to wait. Raises Unavailable where none was sent.
        """
        if not self._ready.wait(min(GRACE, max(deadline - time.monotonic(), 0))):
            raise no_broker()
        left = deadline - time.monotonic()
        told = {**wire.KIND, "headers": headers, "expiration": str(max(int(left * 1000), 1))}
        calls = [(f"{self._prefix}-{next(self._numbers)}", PendingCall()) for _ in asked]
        if not self.writing.acquire(timeout=max(left, 0)):
            raise no_broker()
        try:
            writer, first = self._bring(asked, told, calls)
        finally:
            self.writing.release()
        if first:
            self._write(writer, calls)
        return calls

    def forget(self, correlation: str) -> None:
        """Wait no longer for this answer; one that comes later is dropped."""
        self._pending.pop(correlation, None)

    def close(self) -> None:
        """Close the connection and end the thread; who still waits is told that the connection is lost."""
        self.stopping.set()
        with self.writing:
            if self._channel is not None:
                try:
                    # wakes the reader, which alone may read the rest of a proper goodbye
                    self._channel.send_method(spec.Basic.Cancel, "sb", ("answers", False))
                except transport.OUTAGES:
                    self._writer.break_off()
        super().close()

    def _bring(
        self, asked: list[tuple[str, bytes]], told: dict, calls: list[tuple[str, PendingCall]]
    ) -> tuple[BatchedWriter, bool]:
        """Note that answers are awaited and hand over the frames; gives to whom, and whether they are the first there."""
        channel, writer = self._channel, self._writer
        if channel is None:
            raise no_broker()
        if len(self._pending) + len(calls) > self._most:
            raise Unavailable("rpc.busy", "系统繁忙，请稍后再试。", retry_after=1)
        number, most = channel.channel_id, self.connection.frame_max
        frames = b""
        for (route, body), (correlation, _) in zip(asked, calls, strict=True):
            properties = {**told, "correlation_id": correlation, "reply_to": self._reply_to}
            frames += publish_frames(number, wire.EXCHANGE, route, body, properties, most)
        # under the lock under which `lost` empties the table: nobody is left waiting on a dead connection
        self._pending.update(calls)
        return writer, writer.bring(frames)

    def _write(self, writer: BatchedWriter, calls: list[tuple[str, PendingCall]]) -> None:
        """Write what was brought; where that fails, the others that brought something hear of it as of any lost connection."""
        try:
            writer.write()
        except transport.OUTAGES:
            for correlation, _ in calls:
                self.forget(correlation)
            writer.break_off()
            raise no_broker() from None

    def opened(self, channel: amqp.Channel) -> None:
        """Consume the answers, from a new queue: the broker may not yet have noticed that the old connection is gone."""
        key = uuid.uuid4().hex
        channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
        queue = declare_private(
            channel, wire.EXCHANGE, [key], dropping_oldest(2 * self._most), f"{self._queue}-{key}"
        )
        channel.events["basic_return"].add(self._on_return)
        channel.basic_consume(queue, consumer_tag="answers", no_ack=True, callback=self._on_answer)
        with self.writing:
            self._channel, self._reply_to = channel, key
            self._writer = BatchedWriter(self.connection, self.writing)
        self._ready.set()

    def lost(self) -> None:
        """Tell who waits that their answers can no longer come."""
        self._ready.clear()
        with self.writing:
            self._channel = None
            waiting = [self._pending.pop(correlation, None) for correlation in list(self._pending)]
        for pending in filter(None, waiting):
            pending.settle(error=lost())

    def _on_answer(self, message: amqp.Message) -> None:
        pending = self._pending.pop(message.properties.get("correlation_id", ""), None)
        if pending:
            pending.settle(body=message.body)

    def _on_return(self, _error, _exchange, route: str, message: amqp.Message) -> None:
        correlation = message.properties.get("correlation_id", "")
        if correlation in self._pending and not wire.is_spare(route):
            self._send_to_spare(route, message)
            return
        pending = self._pending.pop(correlation, None)
        if pending:
            service = wire.method_of(route).partition(".")[0]
            away = Unavailable("rpc.no_service", "该服务暂时不可用，请稍后再试。", service=service)
            pending.settle(error=away)

    def _send_to_spare(self, route: str, message: amqp.Message) -> None:
        """Ask once more through the spare queue: the first one's node may be away. What cannot be sent times out at its caller."""
        properties = dict(message.properties)
        properties["headers"] = properties.pop("application_headers", {})
        with self.writing:
            channel, writer = self._channel, self._writer
            if channel is None or writer is None:
                return
            most = channel.connection.frame_max
            asked = (wire.EXCHANGE, wire.spare_route(route), message.body, properties)
            first = writer.bring(publish_frames(channel.channel_id, *asked, most))
        if first:
            writer.write()


def no_broker() -> Unavailable:
    """Give the error for a call that could not be sent."""
    return Unavailable("rpc.no_broker", "系统暂时不可用，请稍后再试。")


def lost() -> Unavailable:
    """Give the error for a call whose answer can no longer come; it may or may not have been done."""
    return Unavailable("rpc.connection_lost", "与服务的连接中断，请重新提交。")
