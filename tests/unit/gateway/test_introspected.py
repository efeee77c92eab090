"""What a session writes, and what it reads in full, asks identity for what is committed; all other reads go by what was heard."""

from dataclasses import replace

import pytest
from flask import Request
from werkzeug.test import EnvironBuilder

from gateway.errors import Unauthenticated
from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.chassis.core.actor import Role
from services.chassis.core.errors import Unavailable
from services.civic.actor import SYSTEM
from tests.unit.gateway.test_authentication import EVER, Identity, Machines, bearer, gateway, new_key

KEY = new_key(EVER)
HELD = {"kind": "official", "roles": [["clerk", "510183103"]], "assurance": 0, "away": True}


class Committed(Identity):
    """What identity says of the session: `held`, or what it raises."""

    def __init__(self, held):
        super().__init__(KEY)
        self.held, self.sessions = held, []

    def call(self, service, door, request, actor, timeout=None):
        if door != "introspect_sessions":
            return super().call(service, door, request, actor, timeout)
        assert actor == SYSTEM
        (asked,) = request["sessions"]
        self.sessions.append(asked["session_id"])
        if isinstance(self.held, Exception):
            raise self.held
        return {"items": [{"session_id": asked["session_id"], **self.held}] if self.held else []}


def test_the_roles_of_a_write_are_those_that_are_committed_and_not_those_of_the_token():
    identity = Committed(HELD)
    gate = gateway(identity)
    token = bearer(KEY)
    by_token = gate.actor_of(token)
    assert by_token.roles == () and identity.sessions == []
    asked = gate.actor_of(token, at_once=True)
    assert asked == replace(by_token, kind="official", roles=(Role("clerk", "510183103"),), away=True)
    assert identity.sessions == ["s"]


def test_whose_second_factor_was_taken_away_reads_what_is_missing_by_what_is_committed():
    gate = gateway(Committed({**HELD, "kind": "entrant", "roles": [], "next_step": "enrol_second_factor"}))
    assert gate.actor_of(bearer(KEY), at_once=True).next_step == "enrol_second_factor"


def test_a_visit_is_what_its_token_says():
    gate = gateway(Committed({**HELD, "kind": "visitor", "roles": None, "away": False}))
    asked = gate.actor_of(bearer(KEY), at_once=True)
    assert (asked.kind, asked.roles) == ("visitor", ())


def test_nothing_is_remembered_of_what_was_asked():
    identity = Committed(HELD)
    gate = gateway(identity)
    gate.actor_of(bearer(KEY), at_once=True)
    identity.held = None
    with pytest.raises(Unauthenticated) as refused:
        gate.actor_of(bearer(KEY), at_once=True)
    assert refused.value.code == "token.session_over"


def test_where_identity_does_not_answer_nothing_is_let_through():
    gate = gateway(Committed(Unavailable("rpc.timeout", "")))
    with pytest.raises(Unavailable):
        gate.actor_of(bearer(KEY), at_once=True)
    assert gate.actor_of(bearer(KEY)).id == "w"


def test_what_was_heard_of_ends_is_not_asked_for_besides(monkeypatch):
    heard = []
    gate = gateway(Committed(HELD))
    monkeypatch.setattr(gate._ended, "refuse", heard.append)
    gate.actor_of(bearer(KEY), at_once=True)
    assert heard == []
    gate.actor_of(bearer(KEY))
    assert heard == ["s"]


def test_a_machine_has_no_session_and_is_asked_for_by_its_key_alone():
    asked = Request(EnvironBuilder(headers={"Authorization": "Bearer xzk_d_k_secret"}).get_environ())
    assert gateway(Machines()).actor_of(asked, at_once=True).id == "d"


def test_every_route_that_acts_must_hold_at_once_and_a_plain_list_need_not():
    acting = [one for one in ALL if one.verb not in ("GET", "HEAD")]
    assert acting and all(one.at_once({}) for one in acting)
    by_name = {one.name: one.at_once({}) for one in ALL}
    assert not by_name["list_residents"] and not by_name["list_notices"] and not by_name["list_matters"]
    assert by_name["open_report"] and by_name["open_export"] and by_name["find_application"]


def test_a_start_page_asks_where_a_part_is_read_in_full_and_only_where_it_is_chosen():
    (mine,) = (one for one in PAGES if one.name == "my_overview")
    assert not mine.at_once({}) and mine.at_once({"parts": "orders,profile"})
    assert not mine.at_once({"parts": "none"})
