"""Flask before stock nameko: a `ClusterRpcClient` for each thread, opened once and kept."""

import os
import threading

import kombu.pools
import nameko
from flask import Flask
from nameko.constants import NON_PERSISTENT
from nameko.standalone.rpc import ClusterRpcClient

from benchmarks.requests.peers.routes import Routes
from benchmarks.requests.peers.writes import Refused
from services.civic.settings import CivicSettings

SERVICES = ("identity", "affairs", "market", "integrity")
CONNECTIONS = 128
"""kombu's pools hold ten, which sixteen threads would wait for."""
JSON = {
    "encoder": "benchmarks.requests.peers.nameko_json.dumps",
    "decoder": "orjson.loads",
    "content_type": "application/json",
    "content_encoding": "utf-8",
}


class Asking(threading.local):
    """One client for each thread; nameko's is not thread-safe."""

    def __init__(self):
        self.client = ClusterRpcClient(timeout=10, use_confirms=False, delivery_mode=NON_PERSISTENT).start()


class Remote:
    """Asks the services."""

    def __init__(self):
        self._asking: Asking | None = None
        self._opening = threading.Lock()

    def application(self, actor, id):
        return self._client.affairs.application(actor.to_wire(), id)

    def waiting(self, actor, limit):
        return self._client.affairs.waiting(actor.to_wire(), limit)

    def matters(self, text, limit):
        return self._client.affairs.matters(text, limit)

    def listing(self, id):
        return self._client.market.listing(id)

    def overview(self, actor):
        client, wire = self._client, actor.to_wire()
        asked = [getattr(client, service).part.call_async(wire) for service in SERVICES]
        return {name: part for one in asked for name, part in one.result().items()}

    def apply(self, actor, key, body):
        return _accepted(self._client.affairs.apply(actor.to_wire(), key, body))

    def sign_in(self, body):
        return _accepted(self._client.identity.sign_in(body))

    @property
    def _client(self):
        if self._asking is None:
            with self._opening:
                self._asking = self._asking or Asking()
        return self._asking.client


def _accepted(answer: dict) -> dict:
    if "refused" in answer:
        raise Refused(answer["refused"])
    return answer


def create_app() -> Flask:
    """Make the app."""
    nameko.config.setup(
        {
            "AMQP_URI": os.environ["AMQP_URI"],
            "serializer": "orjson",
            "ACCEPT": ["orjson"],
            "SERIALIZERS": {"orjson": JSON},
        }
    )
    kombu.pools.set_limit(CONNECTIONS)
    return Routes(Remote(), CivicSettings.from_environment()).app("nameko")
