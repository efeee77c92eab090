"""Queues of one process's own: exclusive, in memory, gone with their connection. A dead process leaves nothing behind."""

from collections.abc import Iterable

from amqp import Channel

from services.chassis.amqp.topology import DEAD_LETTERS, EXCHANGE


def declare_private(
    channel: Channel, exchange: str, keys: Iterable[str], arguments: dict | None = None, name: str = ""
) -> str:
    """Declare a queue bound under these keys; gives its name, the broker's own unless named."""
    queue = channel.queue_declare(name, exclusive=True, durable=False, auto_delete=True, arguments=arguments)
    for key in keys:
        channel.queue_bind(queue.queue, exchange, key)
    return queue.queue


def declare_private_events(
    channel: Channel, keys: Iterable[str], arguments: dict | None = None, name: str = ""
) -> str:
    """The same for events; raises NotFound where nothing is declared yet.

    There, our queue alone would make the relay believe that somebody wants its events.
    """
    channel.queue_declare(DEAD_LETTERS, passive=True)
    return declare_private(channel, EXCHANGE, keys, arguments, name)


def dropping_oldest(most: int, **more) -> dict:
    """Give the arguments of a queue that forgets its oldest message where it would hold more than so many."""
    return {"x-max-length": most, "x-overflow": "drop-head", **more}
