"""The party's units and members in their stores: one unit for one member, overdue contacts page by page."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound, VersionConflict
from services.civic.actor import CivicActor
from services.identity.people.party import usecases, views
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore
from services.identity.wiring.persons import KnownPerson
from tests.at_rest import plain_in, seal_nothing

VILLAGE, OTHER_VILLAGE = "510183103204", "510183103203"
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
OFFICIAL = CivicActor("o1", "official", (Role("village_administrator", VILLAGE),))
ELSEWHERE = CivicActor("o2", "official", (Role("village_administrator", OTHER_VILLAGE),))
HERE, THERE = {"regions": VILLAGE}, {"regions": OTHER_VILLAGE}


class Everybody:
    """Knows every resident as one of the village."""

    def find(self, ids):
        return [KnownPerson(id, VILLAGE, True, "王*") for id in ids]


@pytest.fixture
def units(database):
    units = PartyUnitStore(database)
    units.create_indexes()
    return units


@pytest.fixture
def members(database):
    members = PartyMemberStore(database)
    members.create_indexes()
    return members


def call(key=None, now=NOW, actor=OFFICIAL, **data):
    made = write_call("test", data, actor, key or uuid.uuid4().hex, lambda one: {"id": one.id})
    return replace(made, now=now)


def found(units, name="第一党支部"):
    regions = SimpleNamespace(get=lambda code: SimpleNamespace(edition="2019"))
    return usecases.found(units, regions, lambda region: region == VILLAGE, call(name=name, region=VILLAGE))


def enter(units, members, unit, id, key=None, now=NOW):
    asked = call(key, now, unit_id=unit.id, resident_id=id)
    return usecases.enter(units, members, Everybody(), HERE, asked)


def test_there_is_one_unit_of_a_name_in_a_village(units):
    found(units)
    with pytest.raises(Conflict, match="name_taken"):
        found(units)
    found(units, "第二党支部")


@pytest.mark.parametrize("time_over", range(5))
def test_a_resident_who_is_entered_by_two_units_at_once_is_a_member_of_one(units, members, time_over):
    pair = [found(units, name) for name in ("第一党支部", "第二党支部")]

    def entered(unit) -> str:
        for _ in range(20):
            try:
                return enter(units, members, unit, "r1").unit_id
            except VersionConflict:
                continue  # as the door does
            except Conflict as refused:
                return refused.code
        raise AssertionError("never came to an end")

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(entered, pair))
    assert "party_member.entered_already" in told
    assert [members.get("r1").unit_id] == [one for one in told if one != "party_member.entered_already"]


def test_the_same_entry_again_is_answered_as_the_first_time(units, members):
    unit = found(units)
    enter(units, members, unit, "r1", key="k" * 16)
    with pytest.raises(AlreadyAnswered):
        enter(units, members, unit, "r1", key="k" * 16)
    usecases.leave(members, HERE, call("l" * 16, resident_id="r1"))
    with pytest.raises(AlreadyAnswered):
        usecases.leave(members, HERE, call("l" * 16, resident_id="r1"))
    with pytest.raises(Conflict, match="left_already"):
        usecases.leave(members, HERE, call(resident_id="r1"))
    assert enter(units, members, unit, "r1").active


def test_for_another_village_neither_unit_nor_member_exists(units, members):
    unit = found(units)
    enter(units, members, unit, "r1")
    with pytest.raises(NotFound):
        usecases.record_contact(members, THERE, call(resident_id="r1", way="visit", at=None))
    with pytest.raises(NotFound):
        usecases.transfer(units, members, THERE, call(resident_id="r1", unit_id=unit.id))
    for view in (
        lambda asked: views.unit(units, members, None, asked),
        lambda asked: views.member(members, Everybody(), asked),
        lambda asked: views.members_of_unit(units, members, Everybody(), asked),
    ):
        with pytest.raises(NotFound):
            view(Call({"unit_id": unit.id, "resident_id": "r1"}, ELSEWHERE))


def test_a_member_sees_the_own_entry_and_nobody_elses(units, members):
    unit = found(units)
    for id in ("r1", "r2"):
        enter(units, members, unit, id)
    her = CivicActor("r1", "resident")
    assert views.member(members, Everybody(), Call({"resident_id": "r1"}, her))["name"] == "王*"
    with pytest.raises(NotFound):
        views.member(members, Everybody(), Call({"resident_id": "r2"}, her))
    usecases.leave(members, HERE, call(resident_id="r1"))
    with pytest.raises(NotFound):
        views.member(members, Everybody(), Call({"resident_id": "r1"}, her))


def test_a_unit_tells_how_many_of_its_people_are_members_and_were_contacted_lately(units, members):
    unit = found(units)
    for number in range(4):
        enter(units, members, unit, f"r{number}")
    usecases.mark_floating(members, HERE, call(resident_id="r0", floating_to="广东省东莞市"))
    for id, days in (("r0", 10), ("r1", 100)):
        at = NOW - timedelta(days=days)
        usecases.record_contact(members, HERE, call(resident_id=id, way="phone", at=at))
    usecases.leave(members, HERE, call(resident_id="r3"))
    coverage = SimpleNamespace(certified=lambda region: 40)
    asked = Call({"unit_id": unit.id, "days": 90}, OFFICIAL, now=NOW)
    seen = views.unit(units, members, coverage, asked)
    wanted = {
        "members": 3,
        "floating": 1,
        "contacted": 1,
        "certified_residents": 40,
        "percent_of_residents": 7.5,
    }
    assert {name: seen[name] for name in wanted} == wanted


def test_overdue_members_are_listed_longest_silent_first_page_by_page_and_nobody_else(units, members):
    unit = found(units)
    for number in range(8):
        enter(units, members, unit, f"r{number}", now=NOW - timedelta(days=100 - 10 * number))
    usecases.record_contact(members, HERE, call(resident_id="r1", way="visit", at=None))
    seen, cursor = [], None
    while True:
        asked = {"unit_id": unit.id, "silent_days": 50, "limit": 2, "cursor": cursor}
        page = views.members_of_unit(units, members, Everybody(), Call(asked, OFFICIAL, now=NOW))
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert seen == ["r0", "r2", "r3", "r4"]


TOLD = ("广东省东莞市", "visit", "o1-in-touch")


def floating(units, members):
    """A member who is away, and with whom somebody was in touch."""
    enter(units, members, found(units), "r1")
    usecases.mark_floating(members, HERE, call(resident_id="r1", floating_to="广东省东莞市厚街镇"))
    in_touch = CivicActor("o1-in-touch", "official", (Role("village_administrator", VILLAGE),))
    usecases.record_contact(members, HERE, call(actor=in_touch, resident_id="r1", way="visit", at=None))
    return members.get("r1")


def test_where_a_member_is_and_who_was_in_touch_stands_plain_nowhere_and_is_read_by_the_unit(
    database, units, members
):
    one = floating(units, members)
    assert plain_in(database, list(TOLD)) == set()
    asked = call(unit_id=one.unit_id, silent_days=None, limit=20, cursor=None)
    (row,) = views.members_of_unit(units, members, Everybody(), asked)["items"]
    assert (row["floating_to"], row["last_contact_way"]) == ("广东省东莞市厚街镇", "visit")
    assert row["last_contact_by"] == "o1-in-touch" and row["last_contact_at"] == NOW


def test_without_sealing_the_same_search_finds_it(database, units, members, monkeypatch):
    seal_nothing(monkeypatch, members)
    floating(units, members)
    assert plain_in(database, list(TOLD)) == set(TOLD)


def test_a_member_who_had_left_before_is_forgotten_too(units, members):
    one = floating(units, members)
    members.documents.update_one({"_id": one.id}, {"$set": {"active": False}})
    members.forget(one.id)
    left = members.get(one.id)
    assert (left.floating_to, left.last_contact_by, left.active) == (None, None, False)


def test_what_a_process_of_0_1_0_writes_beside_the_sealed_value_loses_nothing(units, members):
    one = floating(units, members)
    unread = dict.fromkeys(("floating_since", "last_contact_at", "last_contact_by", "last_contact_way"))
    written = {"floating_to": "浙江省杭州市", **unread}
    members.documents.update_one({"_id": one.id}, {"$set": written, "$inc": {"version": 1}})
    found = members.get(one.id)
    assert (found.floating_to, found.last_contact_way) == ("浙江省杭州市", "visit")
    found.contact("phone", NOW + timedelta(days=1), "o1", NOW + timedelta(days=1))
    members.save(found, [], call(now=NOW + timedelta(days=1)).without_key())
    again = members.get(one.id)
    assert (again.floating_to, again.last_contact_way) == ("浙江省杭州市", "phone")
    assert "floating_to" not in members.documents.find_one({"_id": one.id})
