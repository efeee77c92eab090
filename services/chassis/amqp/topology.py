"""The names and arguments of every exchange and queue that events travel through, and their declaration.

    xiangzhi.events (topic) -> <service>.<capability>.v1 -> handlers failed: xiangzhi.retry.<seconds>s (fanout
    -> quorum queue with TTL) -> default exchange -> the same queue again given up: xiangzhi.dead (fanout) ->
    xiangzhi.dead-letters

Every queue is a quorum queue, dead-lettering at least once (which needs `reject-publish`). A queue's
arguments cannot be changed later: a change needs a new version in its name. Source: RabbitMQ documentation,
quorum queues.
"""

import re

from amqp import Channel
from amqp.exceptions import PreconditionFailed

EXCHANGE = "xiangzhi.events"
DEAD = "xiangzhi.dead"
DEAD_LETTERS = "xiangzhi.dead-letters"
EVERYTHING = "#"
DELIVERY_LIMIT = 20
"""Unanswered deliveries before the broker itself gives a message up; listeners give it up much earlier."""


class OtherArguments(Exception):
    """A queue or exchange exists with other arguments than the declared ones; the message says what to do."""


def queue_name(service: str, capability: str) -> str:
    """Give the name of a capability's queue; `capability` may carry a version (`notices.v2`), else v1."""
    name = f"{service}.{capability}"
    return name if re.search(r"\.v[0-9]+$", name) else f"{name}.v1"


def binding_key(name: str) -> str:
    """Give the key that binds an event's name in every region; "#" binds everything."""
    return EVERYTHING if name == EVERYTHING else f"{name}.#"


def retry_name(seconds: float) -> str:
    """Give the name of the exchange and of the queue of one retry delay."""
    return f"xiangzhi.retry.{seconds:g}s"


def quorum(dead_letter_exchange: str | None, **more) -> dict:
    """Give the arguments of a quorum queue that dead-letters at least once ("" is the default exchange)."""
    arguments = {"x-queue-type": "quorum", **more}
    if dead_letter_exchange is not None:
        arguments |= {
            "x-overflow": "reject-publish",
            "x-dead-letter-strategy": "at-least-once",
            "x-dead-letter-exchange": dead_letter_exchange,
        }
    return arguments


def listening_arguments() -> dict:
    """Give the arguments of a capability's queue."""
    return quorum(DEAD, **{"x-single-active-consumer": True, "x-delivery-limit": DELIVERY_LIMIT})


def declare_shared(channel: Channel, delays: tuple[float, ...]) -> None:
    """Declare what all services share: the events' exchange, the retry queues and the dead letters."""
    _exchange(channel, EXCHANGE, "topic")
    _exchange(channel, DEAD, "fanout")
    _queue(channel, DEAD_LETTERS, quorum(None))
    channel.queue_bind(DEAD_LETTERS, DEAD)
    for seconds in delays:
        name = retry_name(seconds)
        _exchange(channel, name, "fanout")
        _queue(channel, name, quorum("", **{"x-message-ttl": max(1, round(seconds * 1000))}))
        channel.queue_bind(name, name)


def declare_listening(channel: Channel, queue: str, names: list[str]) -> None:
    """Declare a capability's queue and bind it to the events of these names; raises OtherArguments."""
    _queue(channel, queue, listening_arguments())
    for name in names:
        channel.queue_bind(queue, EXCHANGE, binding_key(name))


def declare_events_exchange(channel: Channel) -> None:
    """Declare the events' exchange alone: what a relay needs to publish."""
    _exchange(channel, EXCHANGE, "topic")


def _exchange(channel: Channel, name: str, kind: str) -> None:
    try:
        channel.exchange_declare(name, kind, durable=True, auto_delete=False)
    except PreconditionFailed:
        raise OtherArguments(
            f"Exchange {name} exists with other arguments: stop everything, delete it, declare again."
        ) from None


def _queue(channel: Channel, name: str, arguments: dict) -> None:
    try:
        channel.queue_declare(name, durable=True, auto_delete=False, arguments=arguments)
    except PreconditionFailed:
        raise OtherArguments(
            f"Queue {name} exists with other arguments and cannot be changed: raise the version in its name "
            f"(hears(..., queue='<capability>.v2')), or drain and delete it, then declare again."
        ) from None
