"""A virtual host with the events' exchange, a store that hears it, and a relay's way of telling."""

import time
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests

from gateway.cache import store
from gateway.cache.invalidation_listener import CONNECTION, InvalidationListener
from gateway.cache.store import KeptAnswers
from services.chassis.amqp import publishing, transport
from services.chassis.amqp.topology import EXCHANGE, declare_shared
from services.chassis.core.settings import Settings
from services.chassis.events.event import Envelope, routing_key, to_message

BOUND = 30
"""Seconds that anything may take in these tests."""
GROUPS = (("market.listing.*",), ())


class Scene:
    """One broker's virtual host, one store and who hears for it."""

    def __init__(self, settings: Settings, management: str):
        self.settings, self.management = settings, management
        self.vhost = urlsplit(settings.amqp_uri).path[1:]
        self.store = KeptAnswers(10**6, 3600, GROUPS)
        self.declaration = None

    def until(self, true, bound=BOUND):
        """Wait until `true()` gives something true, and give that; fails after `bound` seconds."""
        end = time.monotonic() + bound
        while time.monotonic() < end:
            found = true()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f"did not come true within {bound} s")

    def ask(self, verb: str, path: str):
        """Ask the broker's management API."""
        return requests.request(verb, f"{self.management}/api/{path}", timeout=BOUND)

    def declare(self) -> None:
        """Declare what all services share."""
        with transport.connect(self.settings.amqp_uri, "test") as connection:
            declare_shared(connection.channel(), (1.0,))

    def hear(self) -> None:
        """Begin to hear."""
        self.declaration = InvalidationListener(self.settings.amqp_uri, GROUPS[0], self.store)

    def tell(self, name: str, subject: str) -> None:
        """Publish an event as a relay does."""
        service = name.split(".")[0]
        event = Envelope(
            id=uuid.uuid4().hex,
            type=f"xiangzhi.{name}.v1",
            source=f"/{service}",
            subject=subject,
            time=datetime.now(UTC),
            region="510183103204",
            sequence=1,
            data={},
        )
        body, properties = to_message(event)
        with transport.connect(self.settings.amqp_uri, "test") as connection:
            message = publishing.Outgoing(EXCHANGE, routing_key(event), body, properties)
            publishing.ConfirmingChannel(connection).publish([message])

    def keep(self, path: str, group=GROUPS[0], subject=None) -> None:
        """Ask and keep an answer."""
        asking, _ = self.store.begin((path, ""), group, subject)
        self.store.end(asking, b"{}", path)
        assert asking.held

    def kept(self, path: str) -> bool:
        """Tell whether it is used."""
        return self.store.find((path, "")) is not None

    def connections(self) -> list[dict]:
        """Give the hearing's connections that the broker knows."""
        known = self.ask("GET", f"vhosts/{self.vhost}/connections").json()
        return [c for c in known if c.get("client_properties", {}).get("connection_name") == CONNECTION]

    def queues(self) -> list[str]:
        """Give the hearing's queues."""
        return [q["name"] for q in self.ask("GET", f"queues/{self.vhost}").json() if "cache" in q["name"]]

    def cut(self) -> None:
        """Close the hearing's connection from the broker's side, which learns some seconds late that another one is gone."""
        self.until(lambda: sum(self.ask("DELETE", f"connections/{c['name']}").ok for c in self.connections()))


@pytest.fixture
def bare():
    """A scene in which nothing is declared yet."""
    given = Settings.from_environment()
    mark = f"cachetests{uuid.uuid4().hex[:8]}"
    scene = Scene(
        replace(given, amqp_uri=urlunsplit(urlsplit(given.amqp_uri)._replace(path=f"/{mark}"))),
        given.rabbitmq_management_uri.rstrip("/"),
    )
    assert scene.ask("PUT", f"vhosts/{mark}").ok
    yield scene
    if scene.declaration:
        scene.declaration.close()
    scene.ask("DELETE", f"vhosts/{mark}")


@pytest.fixture
def scene(bare, monkeypatch):
    """A scene that hears, and that a busy machine's silence of some seconds does not end."""
    monkeypatch.setattr(store, "SILENCE", BOUND)
    bare.declare()
    bare.hear()
    bare.until(lambda: bare.store.usable)
    return bare
