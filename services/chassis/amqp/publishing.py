"""Publishing with confirms that are counted in batches."""

import contextlib
import time
from collections.abc import Iterable
from itertools import takewhile
from typing import NamedTuple

import amqp

from services.chassis.amqp import transport
from services.chassis.amqp.frames import publish_frames

CONFIRM_SECONDS = 30.0


class NotTaken(ConnectionError):
    """The broker did not take a message: no queue wants it, or its queue refused it."""


class Outgoing(NamedTuple):
    """One message to publish; its `message_id` property must be unique among those published at once under one routing key."""

    exchange: str
    routing_key: str
    body: bytes
    properties: dict


Identity = tuple[str, str]
"""What a returned message is known by: (message_id, routing key)."""


class ConfirmingChannel:
    """A channel that publishes many messages at once (mandatory) and tells which of them the broker took.

    `publish` waits for all of them. `send` and `settled` keep some on their way while others are made; a message is known
    by its number on this channel then. A channel is used in one of the two ways, by one thread.
    """

    def __init__(self, connection: transport.Connection):
        self.connection = connection
        self.channel = connection.channel()
        self.channel.confirm_select()
        self.channel.events["basic_ack"].add(self._acked)
        self.channel.events["basic_nack"].add(self._nacked)
        self.channel.events["basic_return"].add(self._came_back)
        self.published = 0
        self.waiting: dict[int, Identity] = {}
        self.returned: dict[Identity, str] = {}
        self.done: list[tuple[int, Identity, str]] = []

    def publish(self, messages: Iterable[Outgoing]) -> dict[str, str]:
        """Publish all, wait for all confirms; gives {message_id: why} of those that the broker did not take.

        Raises OSError or AMQPError where the outcome is unknown: then any of them may have been taken.
        """
        sent = list(messages)
        whys = self.publish_each(sent)
        return {m.properties["message_id"]: why for m, why in zip(sent, whys, strict=True) if why}

    def publish_each(self, messages: list[Outgoing]) -> list[str]:
        """The same, message by message: why the broker did not take it, or nothing where it did."""
        numbers = self.send(messages)
        done = []
        while self.waiting:
            done += self._await_confirms()
        whys = {number: why for number, _, why in done}
        return [whys[number] for number in numbers]

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
        self.waiting.update(zip(numbers, map(_identity, messages), strict=True))
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

    def _await_confirms(self) -> list[tuple[int, Identity, str]]:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while not self.done:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"{len(self.waiting)} messages not confirmed in {CONFIRM_SECONDS:g} s")
            self.connection.drain_events(timeout=left)
        return self._take()

    def _take(self) -> list[tuple[int, Identity, str]]:
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
            message = self.waiting.pop(settled)
            returned = self.returned.pop(message, "") if self.returned else ""
            self.done.append((settled, message, why or returned))

    def _acked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "")

    def _nacked(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple, "its queue refused it")

    def _came_back(self, error, exchange: str, routing_key: str, message: amqp.Message) -> None:
        # the broker sends the return before the confirm of the same message
        known = message.properties.get("message_id", ""), routing_key
        self.returned[known] = f"no queue wants {routing_key}"


def _identity(message: Outgoing) -> Identity:
    return message.properties["message_id"], message.routing_key
