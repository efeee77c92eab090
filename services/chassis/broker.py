"""Connections to RabbitMQ for events, and publishing with confirms that are counted in batches."""

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

import amqp
from amqp.exceptions import AMQPError

OUTAGES = (OSError, AMQPError, AttributeError)
"""What a dead broker connection raises; py-amqp raises AttributeError on a dead socket now and then."""

CONFIRM_SECONDS = 30.0
HEARTBEAT_SECONDS = 20


class NotTaken(ConnectionError):
    """The broker did not take a message: no queue wants it, or its queue refused it."""


class Connection(amqp.Connection):
    """A py-amqp connection without `connection.blocked`, which makes every publish read from the socket."""

    negotiate_capabilities: dict[str, bool] = {
        "consumer_cancel_notify": True,
        "authentication_failure_close": True,
    }


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


@dataclass(frozen=True)
class Outgoing:
    """One message to publish; its `message_id` property must be unique among those published at once."""

    exchange: str
    routing_key: str
    body: bytes
    properties: dict


def to_amqp(body: bytes, properties: dict) -> amqp.Message:
    """Make py-amqp's message; it calls the headers `application_headers`."""
    named = dict(properties)
    headers = named.pop("headers", {})
    return amqp.Message(body, application_headers=headers, **named)


class ConfirmingChannel:
    """A channel that publishes many messages at once (mandatory) and tells which of them the broker took."""

    def __init__(self, connection: Connection):
        self.connection = connection
        self.channel = connection.channel()
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self._acked)
        self.channel.events["basic_nack"].add(self._nacked)
        self.channel.events["basic_return"].add(self._came_back)
        self.published = 0
        self.waiting: dict[int, str] = {}
        self.refused: dict[str, str] = {}

    def publish(self, messages: Iterable[Outgoing]) -> dict[str, str]:
        """Publish all, wait for all confirms; gives {message_id: why} of those that the broker did not take.

        Raises OSError or AMQPError where the outcome is unknown: then any of them may have been taken.
        """
        self.refused = {}
        for message in messages:
            self.published += 1
            self.waiting[self.published] = message.properties["message_id"]
            self.channel.basic_publish(
                to_amqp(message.body, message.properties),
                exchange=message.exchange,
                routing_key=message.routing_key,
                mandatory=True,
            )
        self._await_confirms()
        return self.refused

    def tend(self) -> None:
        """Answer heartbeats and notice a closed connection while there is nothing to publish."""
        self.connection.heartbeat_tick()
        with contextlib.suppress(TimeoutError):
            self.connection.drain_events(timeout=0.001)

    def _await_confirms(self) -> None:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while self.waiting:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{len(self.waiting)} messages not confirmed in {CONFIRM_SECONDS:g} s")
            self.connection.drain_events(timeout=left)

    def _settled(self, tag: int, multiple: bool) -> list[str]:
        if not multiple:
            return [self.waiting.pop(tag)] if tag in self.waiting else []
        tags = []
        for waiting in self.waiting:
            if waiting > tag:
                break
            tags.append(waiting)
        return [self.waiting.pop(t) for t in tags]

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settled(tag, multiple)

    def _nacked(self, tag: int, multiple: bool) -> None:
        for message_id in self._settled(tag, multiple):
            self.refused[message_id] = "its queue refused it"

    def _came_back(self, error, exchange: str, routing_key: str, message: amqp.Message) -> None:
        # the broker sends the return before the confirm of the same message
        self.refused[message.properties.get("message_id", "")] = f"no queue wants {routing_key}"


def close_quietly(connection: amqp.Connection | None) -> None:
    """Close a connection that may be dead already."""
    if connection is None:
        return
    try:
        connection.close()
    except OUTAGES:
        with contextlib.suppress(*OUTAGES):
            connection.collect()
