"""The rules of households."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Conflict, NotFound, Rejected
from services.identity.people.households import rules
from services.identity.people.households.model import Ask, Household, Member, marks_of

NOW = datetime(2026, 11, 22, tzinfo=UTC)
AWAY = {"destination": "广东省东莞市", "since": "2024-02-18"}


def member(id: str, relation: str = "other", **more) -> Member:
    return Member(id, relation, NOW, **more)


def household(*others: Member) -> Household:
    return Household("h1", "510183103204", "head", [member("head", "head"), *others], "official", NOW)


def ask(kind: str, resident_id: str, id: str = "a1", relation: str = "son") -> Ask:
    return Ask(id, kind, resident_id, relation, "", NOW)


def refused(code: str, kind=Rejected):
    return pytest.raises(kind, match=f"^\\('{code}'")


def told(events) -> list[str]:
    return [name.removeprefix("household.") for name, _ in events]


def test_an_event_tells_ids_only_and_never_how_people_are_related_or_do():
    one = household(member("r2", "son", away=AWAY))
    assert one.form() == [
        (
            "household.formed",
            {"household_id": "h1", "head_id": "head", "member_ids": ["head", "r2"], "state": "active"},
        )
    ]


@pytest.mark.parametrize("relations", [[], ["spouse"], ["head", "head"]])
def test_a_household_without_or_with_two_heads_is_refused(relations):
    with refused("household.one_head"):
        rules.a_household_has_one_head(relations)


def test_somebody_joins_once_and_not_as_a_second_head():
    one = household()
    assert told(one.add(member("r2", "spouse"))) == ["member_joined"]
    with refused("household.member_already", Conflict):
        one.add(member("r2", "spouse"))
    with refused("household.head_is_named"):
        one.add(member("r3", "head"))
    assert one.member_ids == ["head", "r2"]


def test_who_is_away_is_not_entered_as_left_behind():
    one = household(member("r2", "parent", left_behind="elder"))
    with refused("household.away_and_left_behind"):
        household().add(member("r3", away=AWAY, left_behind="elder"))
    with refused("household.away_and_left_behind"):
        one.change("r2", {"away": AWAY})


def test_a_household_of_thirty_takes_nobody_in():
    full = household(*(member(f"r{n}") for n in range(29)))
    with refused("household.too_large"):
        full.add(member("one too many"))


def test_what_is_not_named_stays_and_nothing_takes_it_away():
    one = household(member("r2", "parent", left_behind="elder", disability_grade=2))
    one.change("r2", {"left_behind": None})
    assert (one.members[1].left_behind, one.members[1].disability_grade) == (None, 2)


def test_the_heads_relation_is_not_changed_by_hand():
    with refused("household.heads_relation"):
        household().change("head", {"relation": "son"})
    with refused("household.head_is_named"):
        household(member("r2")).change("r2", {"relation": "head"})


def test_when_the_head_is_gone_the_household_waits_for_another_and_nobody_joins_meanwhile():
    one = household(member("r2", "son"), member("r3", "daughter"))
    assert told(one.remove("head", NOW)) == ["member_left"]
    assert one.head_id is None and marks_of(one) == {"headless": True}
    with refused("household.without_head"):
        one.add(member("r4"))
    with refused("household.without_head"):
        one.split_off(["r2"], "h2")
    assert told(one.name_head("r2", {"r3": "sibling"})) == ["head_changed"]
    assert [m.relation for m in one.members] == ["head", "sibling"] and marks_of(one) == {}


def test_when_the_last_one_is_gone_the_household_is_dissolved():
    one = household()
    assert told(one.remove("head", NOW)) == ["dissolved"]
    assert (one.state, one.member_ids, one.dissolved_at) == ("dissolved", [], NOW)
    with refused("household.dissolved_already", Conflict):
        one.add(member("r2"))


@pytest.mark.parametrize("relations", [{}, {"r3": "son"}, {"head": "parent", "r3": "son", "r9": "son"}])
def test_with_another_head_everybody_is_related_anew(relations):
    one = household(member("r2"), member("r3"))
    with refused("household.relations_incomplete"):
        one.name_head("r2", relations)
    assert one.head_id == "head"


def test_only_a_member_becomes_the_head():
    with refused("household.member_not_found", NotFound):
        household().name_head("stranger", {"head": "other"})


def test_who_splits_off_leaves_a_headed_household_behind():
    one = household(member("r2"), member("r3"))
    with refused("household.head_splits_off"):
        one.split_off(["head", "r2"], "h2")
    with refused("household.member_not_found", NotFound):
        one.split_off(["stranger"], "h2")
    events = one.split_off(["r2", "r3"], "h2")
    assert one.member_ids == ["head"] and events[0][1]["new_household_id"] == "h2"


def test_a_household_that_takes_another_in_relates_all_of_them_to_its_head():
    one, others = household(), [member("r2", "head"), member("r3", "spouse", disability_grade=1)]
    with refused("household.relations_incomplete"):
        one.take_in(others, {"r2": "sibling"}, "h2")
    one.take_in(others, {"r2": "sibling", "r3": "other"}, "h2")
    assert [m.relation for m in one.members] == ["head", "sibling", "other"]
    assert one.members[2].disability_grade == 1


def test_what_the_head_asks_for_waits_until_the_village_decides_once():
    one = household(member("r2", "daughter"))
    one.ask(ask("remove", "r2"))
    assert one.member_ids == ["head", "r2"] and marks_of(one) == {"asked": True}
    assert told(one.approve("a1", "official", NOW)) == ["member_left", "change_decided"]
    assert one.member_ids == ["head"] and marks_of(one) == {}
    with refused("household.ask_decided", Conflict):
        one.refuse("a1", "official", "理由", NOW)
    with refused("household.ask_not_found", NotFound):
        one.approve("a9", "official", NOW)


def test_a_refusal_keeps_its_reason_out_of_the_event():
    one = household()
    one.ask(ask("add", "r2"))
    [(name, data)] = one.refuse("a1", "official", "户口不在本村", NOW)
    assert (name, data["outcome"], one.asks[0].reason) == (
        "household.change_decided",
        "refused",
        "户口不在本村",
    )
    assert "户口不在本村" not in str(data)


def test_the_head_asks_for_nothing_twice_nothing_pointless_and_for_five_things_at_most():
    one = household(member("r2"))
    one.ask(ask("add", "r3"))
    with refused("household.asked_already", Conflict):
        one.ask(ask("add", "r3", "a2"))
    with refused("household.member_already", Conflict):
        one.ask(ask("add", "r2", "a2"))
    with refused("household.member_not_found", NotFound):
        one.ask(ask("remove", "r9", "a2"))
    with refused("household.head_leaves"):
        one.ask(ask("remove", "head", "a2"))
    with refused("household.head_is_named"):
        one.ask(ask("add", "r4", "a2", "head"))
    for n in range(4):
        one.ask(ask("add", f"n{n}", f"b{n}"))
    with refused("household.too_many_asks"):
        one.ask(ask("add", "one more", "b5"))
    one.withdraw("a1", "head", NOW)
    one.ask(ask("add", "r3", "a3"))


def test_an_ask_about_who_became_the_head_meanwhile_is_not_carried_out():
    one = household(member("r2"))
    one.ask(ask("remove", "r2"))
    one.name_head("r2", {"head": "parent"})
    with refused("household.head_leaves"):
        one.approve("a1", "official", NOW)


def test_a_household_is_found_by_what_its_members_need():
    one = household(
        member("r2", away=AWAY), member("r3", left_behind="child"), member("r4", disability_grade=1)
    )
    assert set(marks_of(one)) == {"away", "left_behind_child", "disabled"}
