"""Households in their store: one person in one household, whoever enters two at once; both sides of a split or none."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import utc_now, write_call
from services.chassis.core.errors import AlreadyAnswered, DomainError, NotFound, VersionConflict
from services.civic.actor import CivicActor
from services.identity.people.households import asking, usecases, views
from services.identity.people.households.store import HouseholdStore
from services.identity.wiring.persons import KnownPerson
from tests.at_rest import plain_in, seal_nothing

VILLAGE, OTHER_VILLAGE = "510183103204", "510183103203"
OFFICIAL = CivicActor("o1", "official", (Role("village_administrator", VILLAGE),))
HERE = {"regions": VILLAGE}
NOTHING_SPECIAL = {"away": None, "left_behind": None, "disability_grade": None}


class Everybody:
    """Knows every resident: u... waits for certification, e... lives elsewhere, k... is a child, x... does not exist."""

    def find(self, ids):
        return [
            KnownPerson(
                id, OTHER_VILLAGE if id[0] == "e" else VILLAGE, id[0] != "u", "王*",
                of_age_at=utc_now() + timedelta(days=1) if id[0] == "k" else None,
            )
            for id in ids
            if id[0] != "x"
        ]  # fmt: skip


@pytest.fixture
def households(database):
    households = HouseholdStore(database)
    households.create_indexes()
    return households


def call(key=None, actor=OFFICIAL, **data):
    return write_call("test", data, actor, key or uuid.uuid4().hex, lambda one: {"id": one.id})


def person(id, relation="other", **more):
    return {**NOTHING_SPECIAL, "resident_id": id, "relation": relation, **more}


def form(households, *people, key=None):
    asked = call(key, members=list(people))
    return usecases.form(households, Everybody(), lambda region: region == VILLAGE, asked)


def add(households, household, id, key=None):
    asked = call(key, household_id=household.id, **person(id))
    return usecases.add(households, Everybody(), HERE, asked)


def code_of(do) -> str:
    """Do it as a door does, again where somebody was faster; gives the code of the refusal, or nothing."""
    for _ in range(40):
        try:
            do()
            return ""
        except VersionConflict:
            time.sleep(0.01)
        except DomainError as refused:
            return refused.code
    raise AssertionError("never came to an end")


def at_once(*actions) -> list[str]:
    with ThreadPoolExecutor(len(actions)) as pool:
        return sorted(pool.map(code_of, actions))


def households_of(households, id) -> int:
    return households.documents.count_documents({"member_ids": id, "state": "active"})


def test_a_household_comes_back_as_it_was_entered(households):
    away = {"destination": "广东省东莞市", "since": date(2024, 2, 18)}
    made = form(households, person("r1", "head"), person("r2", "son", away=away, disability_grade=3))
    found = households.get(made.id)
    assert (found.region, found.head_id, found.member_ids) == (VILLAGE, "r1", ["r1", "r2"])
    assert found.members[1].away == {"destination": "广东省东莞市", "since": "2024-02-18"}
    assert found.members[1].disability_grade == 3


@pytest.mark.parametrize("time_over", range(5))
def test_a_person_who_is_entered_into_many_households_at_once_is_in_one(households, time_over):
    made = [form(households, person(f"h{n}", "head")) for n in range(4)]
    told = at_once(
        *(lambda one=one: add(households, one, "wanted") for one in made),
        *(lambda n=n: form(households, person(f"i{n}", "head"), person("wanted")) for n in range(2)),
    )
    assert told == ["", *["household.member_elsewhere"] * 5]
    assert households_of(households, "wanted") == 1


def test_who_left_a_household_or_whose_household_is_dissolved_is_free_for_another(households):
    first = form(households, person("r1", "head"), person("r2"))
    usecases.remove(households, HERE, call(household_id=first.id, resident_id="r2"))
    second = form(households, person("r2", "head"))
    usecases.dissolve(households, HERE, call(household_id=second.id))
    usecases.dissolve(households, HERE, call(household_id=first.id))
    form(households, person("r1", "head"), person("r2"))
    assert households_of(households, "r1") == households_of(households, "r2") == 1


def test_a_stranger_somebody_from_elsewhere_and_who_does_not_exist_look_the_same(households):
    made = form(households, person("r1", "head"))
    codes = {code_of(lambda who=who: add(households, made, who)) for who in ("elsewhere", "x-nobody")}
    codes |= {
        code_of(lambda who=who: form(households, person(who, "head"))) for who in ("elsewhere", "x-nobody")
    }
    assert codes == {"household.person_not_found"}
    assert code_of(lambda: add(households, made, "uncertified")) == "household.person_not_certified"


def test_the_same_request_again_is_answered_as_the_first_time(households):
    made = form(households, person("r1", "head"), person("r2"), key="k" * 16)
    with pytest.raises(AlreadyAnswered) as repeat:
        form(households, person("r1", "head"), person("r2"), key="k" * 16)
    assert repeat.value.answer == {"id": made.id}
    asked = {"household_id": made.id, "members": [{"resident_id": "r2", "relation": "head"}]}
    usecases.split(households, Everybody(), HERE, call("s" * 16, **asked))
    with pytest.raises(AlreadyAnswered):
        usecases.split(households, Everybody(), HERE, call("s" * 16, **asked))
    assert households.documents.count_documents({"state": "active"}) == 2


def test_children_live_in_a_household_with_an_adult_and_found_none_alone(households):
    assert code_of(lambda: form(households, person("k1", "head"), person("k2"))) == "household.no_adult"
    made = form(households, person("k1", "head"), person("r1", "grandmother"), person("k2"))
    goers = [{"resident_id": "k2", "relation": "head"}]
    asked = {"household_id": made.id, "members": goers}
    refused = code_of(lambda: usecases.split(households, Everybody(), HERE, call(**asked)))
    assert refused == "household.no_adult" and households.get(made.id).member_ids == ["k1", "r1", "k2"]


def test_for_another_village_a_household_does_not_exist(households):
    made = form(households, person("r1", "head"))
    elsewhere = {"regions": OTHER_VILLAGE}
    with pytest.raises(NotFound):
        usecases.dissolve(households, elsewhere, call(household_id=made.id))
    with pytest.raises(NotFound):
        usecases.split(
            households, Everybody(), elsewhere, call(household_id=made.id, members=[person("r1", "head")])
        )


def test_a_split_makes_a_second_household_of_those_who_go_with_what_is_known_of_them(households):
    made = form(households, person("r1", "head"), person("r2", "son", disability_grade=1), person("r3"))
    goers = [{"resident_id": "r2", "relation": "head"}, {"resident_id": "r3", "relation": "spouse"}]
    stays = usecases.split(households, Everybody(), HERE, call(household_id=made.id, members=goers))
    new = households.find_of("r2")
    assert (stays.member_ids, new.member_ids, new.head_id) == (["r1"], ["r2", "r3"], "r2")
    assert [m.relation for m in new.members] == ["head", "spouse"] and new.members[0].disability_grade == 1
    assert households.documents.find_one({"_id": new.id})["outbox"][0]["data"]["member_ids"] == ["r2", "r3"]


@pytest.mark.parametrize("time_over", range(5))
def test_of_two_splits_of_the_same_person_at_once_one_happens_and_nobody_is_lost(households, time_over):
    made = form(households, person("r1", "head"), person("r2"), person("r3"))

    def split(*ids):
        goers = [{"resident_id": id, "relation": "other" if n else "head"} for n, id in enumerate(ids)]
        return usecases.split(households, Everybody(), HERE, call(household_id=made.id, members=goers))

    told = at_once(lambda: split("r2"), lambda: split("r2", "r3"))
    assert told[0] == "" and told[1] == "household.member_not_found"
    assert [households_of(households, id) for id in ("r1", "r2", "r3")] == [1, 1, 1]


def test_households_are_joined_into_one_and_the_other_ends(households):
    one = form(households, person("r1", "head"))
    other = form(households, person("r2", "head"), person("r3", "spouse"))
    relations = [{"resident_id": "r2", "relation": "sibling"}, {"resident_id": "r3", "relation": "other"}]
    asked = {"household_id": one.id, "other_household_id": other.id, "relations": relations}
    assert usecases.join(households, HERE, call(**asked)).member_ids == ["r1", "r2", "r3"]
    assert households.get(other.id).state == "dissolved"
    assert code_of(lambda: usecases.join(households, HERE, call(**asked))) == "household.relations_incomplete"
    own = {**asked, "other_household_id": one.id}
    assert code_of(lambda: usecases.join(households, HERE, call(**own))) == "household.joins_itself"


@pytest.mark.parametrize("time_over", range(5))
def test_a_person_added_elsewhere_while_households_are_joined_is_in_one_household(households, time_over):
    one, third = form(households, person("r1", "head")), form(households, person("r4", "head"))
    other = form(households, person("r2", "head"))
    relations = [{"resident_id": "r2", "relation": "sibling"}]
    asked = {"household_id": one.id, "other_household_id": other.id, "relations": relations}
    at_once(
        lambda: usecases.join(households, HERE, call(**asked)),
        lambda: add(households, third, "r2"),
        lambda: usecases.dissolve(households, HERE, call(household_id=other.id)),
    )
    assert households_of(households, "r2") <= 1


def test_what_a_head_asks_for_is_done_when_the_village_approves_and_only_then(households):
    made = form(households, person("r1", "head"), person("r2", "spouse"))
    head, member = CivicActor("r1", "resident"), CivicActor("r2", "resident")
    asked = {"kind": "add", "resident_id": "r3", "relation": "son", "note": ""}
    waiting = asking.ask(households, call(actor=head, **asked)).asks[0]
    assert households_of(households, "r3") == 0
    for nobody in (member, CivicActor("r9", "resident")):
        assert (
            code_of(lambda who=nobody: asking.ask(households, call(actor=who, **asked)))
            == "household.heads_none"
        )
    form(households, person("r3", "head"))
    decide = {"household_id": made.id, "ask_id": waiting.id}
    approve = lambda: asking.approve(households, Everybody(), HERE, call(**decide))  # noqa: E731  said three times
    assert code_of(approve) == "household.member_elsewhere"
    assert households.get(made.id).asks[0].state == "waiting"
    usecases.dissolve(households, HERE, call(household_id=households.find_of("r3").id))
    assert code_of(approve) == "" and households.find_of("r3").id == made.id
    assert code_of(approve) == "household.ask_decided"


def test_of_an_approval_and_a_withdrawal_at_once_one_holds(households):
    made = form(households, person("r1", "head"))
    head = CivicActor("r1", "resident")
    asked = {"kind": "add", "resident_id": "r3", "relation": "son", "note": ""}
    waiting = asking.ask(households, call(actor=head, **asked)).asks[0]
    decide = {"household_id": made.id, "ask_id": waiting.id}
    told = at_once(
        lambda: asking.approve(households, Everybody(), HERE, call(**decide)),
        lambda: asking.withdraw(households, call(actor=head, ask_id=waiting.id)),
    )
    assert told == ["", "household.ask_decided"]
    assert (households.get(made.id).asks[0].state == "approved") == (households_of(households, "r3") == 1)


def test_who_moved_away_or_died_belongs_to_no_household_however_often_it_is_told(households):
    made = form(households, person("r1", "head"), person("r2", "spouse"))
    for _ in range(2):
        usecases.let_go(households, "r1", call())
    left = households.get(made.id)
    assert (left.head_id, left.member_ids, left.version) == (None, ["r2"], 2)
    usecases.let_go(households, "r2", call())
    assert households.get(made.id).state == "dissolved"


def lived_in(households):
    """A household of which everything is told that can be."""
    away = {"destination": "广东省东莞市厚街镇", "since": date(2024, 2, 18)}
    made = form(
        households,
        person("r1", "head", disability_grade=2),
        person("r2", "son", away=away),
        person("r3", "grandchild", left_behind="child"),
    )
    head = CivicActor("r1", "resident", assurance=1)
    asked = {"kind": "add", "resident_id": "r4", "relation": "other", "note": "儿媳上月过门"}
    asking.ask(households, call(actor=head, **asked))
    waiting = households.get(made.id).asks[0].id
    refusal = call(household_id=made.id, ask_id=waiting, reason="户口尚未迁入本村")
    asking.refuse(households, HERE, refusal)
    return made


TOLD = ("广东省东莞市", "儿媳上月过门", "户口尚未迁入", "grandchild", "disability_grade")


def test_who_is_away_where_and_what_was_written_stands_plain_nowhere_and_is_read_by_the_village(
    database, households
):
    made = lived_in(households)
    assert plain_in(database, list(TOLD)) == set()
    found = households.get(made.id)
    assert found.member("r2").away["destination"] == "广东省东莞市厚街镇"
    assert (found.asks[0].note, found.asks[0].reason) == ("儿媳上月过门", "户口尚未迁入本村")
    listed = call(state="active", mark="left_behind_child", limit=20, cursor=None)
    (row,) = views.in_scope(households, Everybody(), listed)["items"]
    assert row["marks"] == ["away", "disabled", "left_behind_child"]
    assert row["members"][0] == {"resident_id": "r1", "name": "王*", "registered": True}


def test_without_sealing_the_same_search_finds_all_of_it(database, households, monkeypatch):
    seal_nothing(monkeypatch, households)
    lived_in(households)
    assert plain_in(database, list(TOLD)) == set(TOLD)


def test_a_member_who_is_erased_leaves_without_a_trace_of_what_was_written_about_them(households):
    made = lived_in(households)
    add(households, made, "r4")
    usecases.forget(households, "r4", call())
    found = households.get(made.id)
    assert "r4" not in found.member_ids and (found.asks[0].note, found.asks[0].reason) == ("", None)
