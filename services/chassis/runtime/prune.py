"""Remove the bindings of a service's queues that no `hears` declares any more (`declare --prune`).

AMQP cannot list bindings, so they are read from RabbitMQ's management API. A queue that is no longer declared
keeps its messages and loses its bindings: an operator deletes it when it is empty.
"""

from collections.abc import Iterator

from services.chassis.amqp import management
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.amqp.transport import Connection
from services.chassis.core.settings import Settings


def prune_service(
    connection: Connection, settings: Settings, service: str, declared: dict[str, list[str]]
) -> Iterator[str]:
    """Unbind what is no longer declared; gives a line for each. Raises OSError where the API is away."""
    for queue, keys in management.binding_keys(settings).items():
        if not queue.startswith(f"{service}."):
            continue
        wanted = set(declared.get(queue, ()))
        left = "" if queue in declared else "; no handler listens to it any more: delete it when empty"
        for key in set(keys) - wanted:
            with connection.channel() as channel:
                channel.queue_unbind(queue, EXCHANGE, key)
            yield f"{service}: {queue} no longer hears {key}{left}"
