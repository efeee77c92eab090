"""A gateway refuses the tokens of ended sessions at once, and never lets one through that it may not have heard of."""

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
from amqp import Message

from gateway import revoked_sessions, session_end_listener
from gateway.errors import Unauthenticated
from gateway.revoked_sessions import RevokedSessions
from services.chassis.amqp import reconnecting, transport
from services.chassis.amqp.topology import EXCHANGE, declare_shared
from services.chassis.core.errors import Unavailable
from services.chassis.core.settings import Settings
from services.chassis.events.event import Envelope, routing_key, to_message

BOUND = 30
SOON = datetime.now(UTC) + timedelta(minutes=15)


class Identity:
    """What identity would answer; `away` is an outage, `blind` one of its snapshot only."""

    def __init__(self):
        self.over, self.asked, self.away, self.blind = {}, [], False, False

    def call(self, service, door, request, actor, timeout):
        self.asked.append(door)
        if self.away or (self.blind and door == "ended_sessions"):
            raise Unavailable("rpc.no_service", "")
        if door == "session_state":
            return {"state": "ended" if request["session_id"] in self.over else "active"}
        items = [{"session_id": k, "tokens_expire_at": v.isoformat()} for k, v in self.over.items()]
        return {"items": items, "whole": True, "asked_at": datetime.now(UTC).isoformat()}


class Scene:
    """One gateway process's memory, and the broker it hears."""

    def __init__(self, addresses, monkeypatch):
        self.identity, self.lines = Identity(), []
        self.uri = addresses["AMQP_URI"]
        self.connection = transport.connect(self.uri, "test")
        self.channel = self.connection.channel()
        declare_shared(self.channel, ())
        true = transport.connect
        monkeypatch.setattr(
            reconnecting,
            "connect",
            lambda *a, **k: self.lines.append(true(*a, **k)) or self.lines[-1],
        )
        self.gateway = RevokedSessions(self.identity, Settings(amqp_uri=self.uri))

    def goes_on(self, session) -> bool:
        try:
            self.gateway.refuse(session)
        except Unauthenticated as refused:
            assert refused.code == "token.session_over"
            return False
        return True

    def until(self, true):
        end = time.monotonic() + BOUND
        while not true():
            assert time.monotonic() < end, f"did not come true within {BOUND} s"
            time.sleep(0.02)

    def hears_all(self) -> bool:
        """Tell whether a request is let through without asking identity."""
        before = self.identity.asked.count("session_state")
        return self.goes_on("living") and self.identity.asked.count("session_state") == before

    def tell(self, session, data=None):
        told = {"session_id": session, "tokens_expire_at": SOON.isoformat()} if data is None else data
        kind = "xiangzhi.identity.session.ended.v1"
        envelope = Envelope(f"{session}:2", kind, "/identity", session, SOON, "510183103204", 2, told)
        body, properties = to_message(envelope)
        headers = properties.pop("headers")
        message = Message(body, application_headers=headers, **properties)
        self.channel.basic_publish(message, EXCHANGE, routing_key(envelope))

    def close(self):
        self.gateway.close()
        transport.close_quietly(self.connection)


@pytest.fixture
def scene(addresses, monkeypatch):
    scene = Scene(addresses, monkeypatch)
    yield scene
    scene.close()


def test_what_ended_is_refused_at_once_and_identity_is_not_asked(scene):
    scene.until(scene.hears_all)
    scene.tell("s1")
    scene.until(lambda: not scene.goes_on("s1"))
    asked = len(scene.identity.asked)
    assert scene.goes_on("s2") and not scene.goes_on("s1")
    assert scene.identity.asked[asked:] in ([], ["ended_sessions"])


def test_what_ended_before_the_gateway_started_is_refused(scene):
    scene.identity.over["early"] = SOON
    assert not scene.goes_on("early")
    scene.until(scene.hears_all)
    assert not scene.goes_on("early")


def test_until_it_has_heard_everything_it_asks_for_each_and_refuses_where_nobody_answers(scene):
    scene.identity.blind = True
    scene.identity.over["s1"] = SOON
    assert scene.goes_on("s2") and not scene.goes_on("s1") and not scene.hears_all()
    scene.identity.away = True
    with pytest.raises(Unavailable):
        scene.gateway.refuse("s2")


def test_while_it_hears_an_identity_that_is_away_stops_nobody(scene):
    scene.until(scene.hears_all)
    scene.identity.away = True
    assert scene.goes_on("s2")
    scene.tell("s1")
    scene.until(lambda: not scene.goes_on("s1"))


def test_what_ended_while_the_line_was_cut_is_refused(scene):
    scene.until(scene.hears_all)
    scene.identity.blind, scene.identity.over["s1"] = True, SOON
    scene.lines[-1].sock.shutdown(socket.SHUT_RDWR)
    scene.until(lambda: not scene.hears_all())
    assert not scene.goes_on("s1")
    scene.identity.blind = False
    scene.until(scene.hears_all)
    assert not scene.goes_on("s1") and len(scene.lines) > 1


def test_what_a_silent_relay_does_not_tell_is_found_by_asking(scene, monkeypatch):
    monkeypatch.setattr(session_end_listener, "AGAIN_SECONDS", 0.2)
    scene.until(scene.hears_all)
    scene.identity.over["s1"] = SOON
    scene.until(lambda: not scene.goes_on("s1"))


def test_after_an_event_that_cannot_be_read_it_asks_for_each(scene):
    scene.until(scene.hears_all)
    scene.identity.over["s1"] = SOON
    scene.tell("s1", {"session_id": "s1"})
    scene.until(lambda: not scene.hears_all())
    assert not scene.goes_on("s1")


def test_what_no_longer_fits_is_asked_for_and_what_has_expired_makes_room(scene, monkeypatch):
    monkeypatch.setattr(revoked_sessions, "MOST", 3)
    monkeypatch.setattr(session_end_listener, "AGAIN_SECONDS", 1000)
    scene.until(scene.hears_all)
    for number in range(5):
        scene.identity.over[f"s{number}"] = SOON
        scene.tell(f"s{number}")
    scene.until(lambda: not scene.hears_all())
    assert not any(scene.goes_on(f"s{number}") for number in range(5))
    scene.identity.over.clear()
    past = datetime.now(UTC) - timedelta(minutes=1)
    scene.gateway._until = dict.fromkeys(scene.gateway._until, past.timestamp())
    scene.lines[-1].sock.shutdown(socket.SHUT_RDWR)
    scene.until(scene.hears_all)
