"""Remove the bindings of a service's queues that no `hears` declares any more (`declare --prune`).

AMQP cannot list bindings, so they are read from RabbitMQ's management API. A queue that is no longer declared
keeps its messages and loses its bindings: an operator deletes it when it is empty.
"""

from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import requests

from services.chassis.amqp import topology
from services.chassis.amqp.transport import Connection, virtual_host
from services.chassis.core.settings import Settings
from services.chassis.events.event import EXCHANGE

TIMEOUT = 10


def prune_service(
    connection: Connection, settings: Settings, service: str, declared: dict[str, list[str]]
) -> Iterator[str]:
    """Unbind what is no longer declared; gives a line for each. Raises OSError where the API is away."""
    for binding in _bindings(settings):
        queue, key = binding["destination"], binding["routing_key"]
        if binding["destination_type"] != "queue" or not queue.startswith(f"{service}."):
            continue
        if key in {topology.binding_key(name) for name in declared.get(queue, ())}:
            continue
        with connection.channel() as channel:
            channel.queue_unbind(queue, EXCHANGE, key)
        left = "" if queue in declared else "; no handler listens to it any more: delete it when empty"
        yield f"{service}: {queue} no longer hears {key}{left}"


def _bindings(settings: Settings) -> list[dict]:
    vhost = quote(virtual_host(settings.amqp_uri), safe="")
    base = settings.rabbitmq_management_uri.rstrip("/")
    parts = urlsplit(base)
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    url = f"{address}/api/exchanges/{vhost}/{EXCHANGE}/bindings/source"
    answer = requests.get(url, auth=(parts.username or "guest", parts.password or "guest"), timeout=TIMEOUT)
    answer.raise_for_status()
    return answer.json()
