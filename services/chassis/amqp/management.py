"""RabbitMQ's management API; its figures are up to five seconds old.

Its address carries account and password, percent-encoded; by https:// its certificate is checked as the broker's is (`?cacertfile=`).
"""

from urllib.parse import quote, unquote, urlsplit

import requests

from services.chassis.amqp.topology import EXCHANGE
from services.chassis.amqp.transport import authority, virtual_host
from services.chassis.core.settings import Settings

TIMEOUT = 10


def queues(settings: Settings, vhost: str) -> list[dict]:
    """Give what the API tells of every queue of a virtual host; [] where there is no such host. Raises OSError."""
    return _get(settings, f"queues/{quote(vhost, safe='')}")


def nodes(settings: Settings) -> list[dict]:
    """Give what the API tells of every node of the cluster. Raises OSError."""
    return _get(settings, "nodes")


def binding_keys(settings: Settings) -> dict[str, list[str]]:
    """Give {queue: [keys]} of all queues that are bound to the events' exchange. Raises OSError."""
    vhost = quote(virtual_host(settings.amqp_uri), safe="")
    keys: dict[str, list[str]] = {}
    for binding in _get(settings, f"exchanges/{vhost}/{EXCHANGE}/bindings/source"):
        if binding["destination_type"] == "queue":
            keys.setdefault(binding["destination"], []).append(binding["routing_key"])
    return keys


def ask(uri: str, verb: str, path: str, body: dict | None = None) -> requests.Response:
    """Ask the API at an address, whatever it answers; raises requests.RequestException, an OSError, where it does not."""
    parts = urlsplit(uri)
    port = parts.port or (15671 if parts.scheme == "https" else 15672)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    who = (unquote(parts.username or "guest"), unquote(parts.password or "guest"))
    return requests.request(
        verb,
        f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}/api/{path}",
        json=body,
        auth=who,
        timeout=TIMEOUT,
        verify=authority(uri) or True,
    )


def _get(settings: Settings, path: str) -> list[dict]:
    answer = ask(settings.rabbitmq_management_uri, "GET", path)
    if answer.status_code == requests.codes.not_found:
        return []
    answer.raise_for_status()
    return answer.json()
