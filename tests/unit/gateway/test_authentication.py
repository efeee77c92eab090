"""A gateway trusts the keys that identity publishes, and no longer than it publishes them."""

import time

import jwt
import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from gateway import auth
from gateway.errors import Unauthenticated
from services.chassis.core.errors import Forbidden, Unavailable
from services.civic.actor import SYSTEM, CivicActor
from services.identity.access.sessions.rotate import new_key
from services.identity.access.sessions.signing import EVER


class Identity:
    """What identity publishes."""

    def __init__(self, *keys):
        self.keys, self.asked, self.away = list(keys), 0, False

    def call(self, service, door, request, actor, timeout=None):
        self.asked += 1
        if self.away:
            raise Unavailable("rpc.no_service", "")
        return {"keys": [key.public() for key in self.keys]}


class NoneEnded:
    """No session is over."""

    def refuse(self, session):
        return None


OLD, NEW = new_key(EVER), new_key(EVER)


def bearer(key) -> Request:
    claims = {"iss": "http://test", "aud": "xiangzhi", "sub": "w", "sid": "s", "kind": "resident"}
    token = jwt.encode(
        {**claims, "exp": time.time() + 60}, key.private, algorithm="EdDSA", headers={"kid": key.kid}
    )
    return Request(EnvironBuilder(headers={"Authorization": f"Bearer {token}"}).get_environ())


def gateway(identity):
    return auth.Authentication(identity, "http://test", NoneEnded())


@pytest.fixture
def at_once(monkeypatch):
    """Keys are asked for again with every request."""
    monkeypatch.setattr(auth, "KEYS_KEPT_SECONDS", -1)
    monkeypatch.setattr(auth, "KEYS_ASKED_SECONDS", 0)


def test_keys_are_asked_for_once_and_verify_many_tokens():
    identity = Identity(OLD, NEW)
    one = gateway(identity)
    assert [one.actor_of(bearer(key)).id for key in (OLD, NEW, OLD)] == ["w"] * 3
    assert identity.asked == 1


def test_tokens_of_a_key_that_was_taken_out_are_refused_also_where_they_are_remembered(at_once):
    identity = Identity(OLD, NEW)
    one, token = gateway(identity), bearer(OLD)
    assert one.actor_of(token).id == one.actor_of(token).id == "w"
    identity.keys.remove(OLD)
    with pytest.raises(Unauthenticated) as refused:
        one.actor_of(token)
    assert refused.value.code == "token.invalid"
    assert one.actor_of(bearer(NEW)).id == "w"


def test_while_identity_is_away_the_known_keys_hold(at_once):
    identity = Identity(OLD)
    one = gateway(identity)
    one.actor_of(bearer(OLD))
    identity.away = True
    assert one.actor_of(bearer(OLD)).id == "w"


def test_forged_key_names_do_not_load_identity(monkeypatch):
    monkeypatch.setattr(auth, "KEYS_ASKED_SECONDS", 1000)
    identity = Identity(OLD)
    one = gateway(identity)
    for _ in range(20):
        with pytest.raises(Unauthenticated):
            one.actor_of(bearer(new_key(EVER)))
    assert identity.asked == 1


class Machines:
    """Identity as it knows the keys of departments' machines."""

    def __init__(self):
        self.known = {"xzk_d_k_secret"}

    def call(self, service, door, request, actor, timeout=None):
        assert (service, door, actor) == ("identity", "machine_key_holder", SYSTEM)
        if request["key"] not in self.known:
            raise Forbidden("department.wrong_machine_key", "")
        return {"department_id": "d"}


def test_a_machine_is_its_department_without_a_session_until_its_key_is_revoked():
    identity = Machines()
    asked = Request(EnvironBuilder(headers={"Authorization": "Bearer xzk_d_k_secret"}).get_environ())
    gate = gateway(identity)
    assert gate.actor_of(asked) == CivicActor("d", "department")
    identity.known.clear()
    with pytest.raises(Unauthenticated):
        gate.actor_of(asked)
