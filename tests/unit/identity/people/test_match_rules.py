"""Raising a level: by the register, once, and for the certified only; trying out is limited."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Forbidden, Rejected, TooMany
from services.identity.people.matches.contract import ADVICE
from services.identity.people.matches.model import STATES, TRIES, TRIES_IN, Found, Match
from services.identity.people.residents.model import Resident

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def resident(state="certified", **more) -> Resident:
    return Resident("r1", "510183103204", "王秀英", "h", "m", "p", "h", NOW, state=state, assurance=1, **more)


def test_a_certified_resident_in_the_register_is_raised_to_two_once():
    her = resident()
    told = {"resident_id": "r1", "state": "certified", "edition": "", "assurance": 2}
    assert her.match("register", NOW) == [("resident.matched", told)]
    assert (her.assurance, her.matched) == (2, {"source": "register", "at": NOW})
    assert her.match("provider", NOW) == [] and her.matched["source"] == "register"


@pytest.mark.parametrize("state", ["pending", "rejected"])
def test_the_village_vouches_first(state):
    with pytest.raises(Rejected) as refusal:
        resident(state).match("register", NOW)
    assert refusal.value.code == "assurance.not_certified"


def test_three_tries_in_a_day_and_the_next_when_the_first_is_a_day_old():
    match = Match("r1", "510183", "r1", NOW)
    for hour in range(TRIES):
        match.ask("r1", "510183", "2019", NOW + timedelta(hours=hour))
    with pytest.raises(TooMany) as refusal:
        match.ask("official", "510183", "2019", NOW + timedelta(hours=20))
    assert refusal.value.detail == {"retry_after": 4 * 3600}
    match.ask("r1", "510183", "2019", NOW + TRIES_IN)
    assert [one["by"] for one in match.asks] == ["r1"] * 4


def test_the_answer_does_not_say_whether_the_number_or_the_name_was_not_found():
    answers = []
    for found in (Found(False, "register"), Found(False, "register", elsewhere=True)):
        match = Match("r1", "510183", "r1", NOW)
        match.settle(found, NOW)
        answers.append((match.state, ADVICE[match.state]))
    assert answers[0] == answers[1]


def test_every_state_has_an_advice():
    assert set(ADVICE) == set(STATES)


def test_who_is_seen_at_the_window_reaches_three_and_falls_back_to_what_is_left_when_it_is_revoked():
    for matched, left in ((None, 1), ({"source": "register", "at": NOW}, 2)):
        her = resident(matched=matched)
        ((name, told),) = her.see("clerk", "id_card", "001X", NOW)
        assert (name, told["assurance"], her.assurance) == ("resident.seen", 3, 3)
        with pytest.raises(Conflict):
            her.see("another", "id_card", "001X", NOW)
        ((name, told),) = her.revoke_sight("county", "证件系冒用", NOW)
        assert (name, told["assurance"], her.assurance) == ("resident.sight_revoked", left, left)
        assert her.sight_revoked["seen"]["by"] == "clerk"
        with pytest.raises(Conflict):
            her.revoke_sight("county", "证件系冒用", NOW)


def test_nobody_sees_themselves_and_only_the_certified_are_seen():
    with pytest.raises(Forbidden):
        resident().see("r1", "id_card", "001X", NOW)
    with pytest.raises(Rejected):
        resident("pending").see("clerk", "id_card", "001X", NOW)


@pytest.mark.parametrize(("what", "left"), [("name", 1), ("id_number", 1), ("phone", 2)])
def test_with_another_name_or_number_the_comparison_with_the_register_counts_no_more(what, left):
    her = resident()
    her.match("register", NOW)
    her.ask_correction(what, {"name": "王秀兰"}, NOW)
    her.approve_correction("official", True, NOW)
    assert (her.assurance, her.matched is not None) == (left, left == 2)
