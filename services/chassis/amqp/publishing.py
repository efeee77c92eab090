"""Connections to RabbitMQ for events, and publishing with confirms that are counted in batches."""

import contextlib
import select
import time
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

import amqp
from amqp.exceptions import AMQPError

from services.chassis.amqp import transport
from services.chassis.amqp.frames import publish_frames, to_amqp

__all__ = [
    "OUTAGES",
    "ConfirmingChannel",
    "Connection",
    "NotTaken",
    "Outgoing",
    "close_quietly",
    "connect",
    "to_amqp",
]

OUTAGES = (OSError, AMQPError, AttributeError)
"""What a dead broker connection raises; py-amqp raises AttributeError on a dead socket now and then."""

CONFIRM_SECONDS = 30.0
HEARTBEAT_SECONDS = 20


class NotTaken(ConnectionError):
    """The broker did not take a message: no queue wants it, or its queue refused it."""


class Connection(transport.RpcConnection):
    """A connection that reads what is there at once and knows whether more has come."""

    def has_more(self) -> bool:
        """Tell, without waiting, whether there is anything to read; half a frame counts."""
        held = self.transport
        buffered = getattr(held, "_held", b"")
        return len(buffered) > getattr(held, "_start", 0) or bool(select.select([self.sock], [], [], 0)[0])


def virtual_host(uri: str) -> str:
    """Give the virtual host that an AMQP URI names; none named is "/"."""
    return unquote(urlsplit(uri).path.removeprefix("/")) or "/"


def in_virtual_host(uri: str, vhost: str) -> str:
    """Give the AMQP URI of another virtual host of the same broker."""
    return urlsplit(uri)._replace(path=f"/{quote(vhost, safe='')}").geturl()


def connect(uri: str, name: str, heartbeat: int = HEARTBEAT_SECONDS) -> Connection:
    """Open a connection that names itself to the broker's operators; raises OSError or AMQPError."""
    parts = urlsplit(uri)
    tls = parts.scheme == "amqps"
    connection = Connection(
        host=f"{parts.hostname}:{parts.port or (5671 if tls else 5672)}",
        userid=unquote(parts.username or "guest"),
        password=unquote(parts.password or "guest"),
        login_method="PLAIN",
        virtual_host=virtual_host(uri),
        ssl=tls,
        connect_timeout=5,
        heartbeat=heartbeat,
        client_properties={"connection_name": name},
    )
    connection.connect()
    return connection


class Outgoing(NamedTuple):
    """One message to publish; its `message_id` property must be unique among those published at once."""

    exchange: str
    routing_key: str
    body: bytes
    properties: dict


class ConfirmingChannel:
    """A channel that publishes many messages at once (mandatory) and tells which of them the broker took.

    `publish` waits for all of them. `send` and `settled` keep some on their way while others are made; a message is known
    by its number on this channel then. A channel is used in one of the two ways, by one thread.
    """

    def __init__(self, connection: Connection):
        self.connection = connection
        self.channel = connection.channel()
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self._acked)
        self.channel.events["basic_nack"].add(self._nacked)
        self.channel.events["basic_return"].add(self._came_back)
        self.published = 0
        self.waiting: dict[int, str] = {}
        self.returned: dict[str, str] = {}
        self.done: list[tuple[int, str, str]] = []

    def publish(self, messages: Iterable[Outgoing]) -> dict[str, str]:
        """Publish all, wait for all confirms; gives {message_id: why} of those that the broker did not take.

        Raises OSError or AMQPError where the outcome is unknown: then any of them may have been taken.
        """
        self.send(list(messages))
        done = []
        while self.waiting:
            done += self._await_confirms()
        return {message_id: why for _, message_id, why in done if why}

    def send(self, messages: list[Outgoing]) -> range:
        """Publish all in one write to the socket; gives their numbers on this channel."""
        most, channel = self.connection.frame_max, self.channel.channel_id
        if channel is None:
            raise ConnectionError("the channel is closed")
        frames = [
            publish_frames(channel, m.exchange, m.routing_key, m.body, m.properties, most) for m in messages
        ]
        first = self.published + 1
        self.published += len(messages)
        numbers = range(first, self.published + 1)
        self.waiting.update(zip(numbers, (m.properties["message_id"] for m in messages), strict=True))
        transport.write(self.connection, b"".join(frames))
        return numbers

    def settled(self, wait: bool) -> list[tuple[int, str]]:
        """Give (number, why) of what the broker has answered since, why being empty where it took the message.

        With `wait`, waits until there is at least one answer; raises TimeoutError where none comes.
        """
        done = self._await_confirms() if wait and self.waiting else self._take()
        return [(number, why) for number, _, why in done]

    def tend(self) -> None:
        """Answer heartbeats and notice a closed connection while there is nothing to publish."""
        self.connection.heartbeat_tick()
        self._read()

    def _await_confirms(self) -> list[tuple[int, str, str]]:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while not self.done:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{len(self.waiting)} messages not confirmed in {CONFIRM_SECONDS:g} s")
            self.connection.drain_events(timeout=left)
        return self._take()

    def _take(self) -> list[tuple[int, str, str]]:
        self._read()
        done, self.done = self.done, []
        return done

    def _read(self) -> None:
        """Read what has come, without waiting for more than the rest of a frame."""
        with contextlib.suppress(TimeoutError):
            while self.connection.has_more():
                self.connection.drain_events(timeout=0.001)

    def _settle(self, tag: int, multiple: bool, why: str) -> None:
        if not multiple:
            tags = [tag] if tag in self.waiting else []
        else:
            tags = list(takewhile(lambda waiting: waiting <= tag, self.waiting))
        for settled in tags:
            message_id = self.waiting.pop(settled)
            returned = self.returned.pop(message_id, "") if self.returned else ""
            self.done.append((settled, message_id, why or returned))

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "")

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "its queue refused it")

    def _came_back(self, error, exchange: str, routing_key: str, message: amqp.Message) -> None:
        # the broker sends the return before the confirm of the same message
        self.returned[message.properties.get("message_id", "")] = f"no queue wants {routing_key}"


def close_quietly(connection: amqp.Connection | None) -> None:
    """Close a connection that may be dead already."""
    if connection is None:
        return
    try:
        connection.close()
    except OUTAGES:
        with contextlib.suppress(*OUTAGES):
            connection.collect()
