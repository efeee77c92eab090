"""RabbitMQ's management API, only to read; its figures are up to five seconds old."""

from urllib.parse import quote, unquote, urlsplit

import requests

from services.chassis.amqp.topology import EXCHANGE
from services.chassis.amqp.transport import virtual_host
from services.chassis.core.settings import Settings

TIMEOUT = 10


def queues(settings: Settings, vhost: str) -> list[dict]:
    """Give what the API tells of every queue of a virtual host; [] where there is no such host. Raises OSError."""
    return _get(settings, f"queues/{quote(vhost, safe='')}")


def binding_keys(settings: Settings) -> dict[str, list[str]]:
    """Give {queue: [keys]} of all queues that are bound to the events' exchange. Raises OSError."""
    vhost = quote(virtual_host(settings.amqp_uri), safe="")
    keys: dict[str, list[str]] = {}
    for binding in _get(settings, f"exchanges/{vhost}/{EXCHANGE}/bindings/source"):
        if binding["destination_type"] == "queue":
            keys.setdefault(binding["destination"], []).append(binding["routing_key"])
    return keys


def _get(settings: Settings, path: str) -> list[dict]:
    parts = urlsplit(settings.rabbitmq_management_uri.rstrip("/"))
    address = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    who = (unquote(parts.username or "guest"), unquote(parts.password or "guest"))
    answer = requests.get(f"{address}/api/{path}", auth=who, timeout=TIMEOUT)
    if answer.status_code == requests.codes.not_found:
        return []
    answer.raise_for_status()
    return answer.json()
