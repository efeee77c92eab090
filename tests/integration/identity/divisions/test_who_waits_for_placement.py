"""Whoever waits since a split is stranded by no further switch: none begins before, and nobody is placed at a dead code."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.calls import Call
from services.identity.divisions.edition_switches import usecases
from services.identity.people.party import model as party
from tests.integration.identity.edition_switch_scene import (
    ADOPTION,
    COMES,
    COUNTY,
    HEIR,
    LATER_ADOPTION,
    LATER_SETTLED,
    LATER_TABLE,
    NOW,
    SPLIT,
    STAYS,
    Endpoints,
)

CALL = Call({})
ALIVE = set(LATER_SETTLED.values())


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    made.publish()
    made.hold("chief", "county_administrator", COUNTY)
    made.confirm()
    made.confirm_another()
    return made


def switched(doors):
    doors.begin()
    doors.finish()


def place(doors, kind="resident", id="r", to=SPLIT):
    named = {"resident": "village"}.get(kind, "region")
    key = {"party_unit": "unit_id"}.get(kind, f"{kind}_id")
    return doors.ask(f"place_{kind}", adoption_id=ADOPTION, **{key: id, named: to})


def waiting(doors):
    return doors.ask("find_adoption", adoption_id=ADOPTION).result["waiting"]


def somebody(doors, kind, id, village=SPLIT):
    if kind == "resident":
        return doors.live(id, village)
    if kind == "official":
        return doors.hold(id, "village_administrator", village)
    unit = party.Unit(id, village, f"党支部{id}", NOW, edition="2019")
    doors.party_units.add(unit, unit.found(), CALL)
    member = party.PartyMember(f"m-{id}", village, id, "o", NOW, edition="2019")
    return doors.party_members.add(member, [], CALL)


@pytest.mark.parametrize("kind", ["resident", "official", "party_unit"])
def test_no_switch_begins_while_somebody_waits_and_the_county_reads_who_and_where(doors, kind):
    somebody(doors, kind, "r")
    switched(doors)
    expected = {"code": SPLIT, "residents": 0, "officials": [], "party_units": []}
    expected |= {"residents": 1} if kind == "resident" else {f"{kind}s": ["r"]}
    assert waiting(doors) == [expected]
    refused = doors.begin(LATER_TABLE).error
    assert (refused["kind"], refused["code"]) == ("Rejected", "adoption.somebody_waits")
    assert refused["detail"]["waiting"] == [{"adoption_id": ADOPTION, **expected}]
    assert place(doors, kind).error is None
    assert waiting(doors) == [] and doors.begin(LATER_TABLE).error is None
    doors.finish(LATER_ADOPTION)
    store = {"resident": doors.residents, "official": doors.officials}.get(kind, doors.party_units)
    assert (store.get("r").region, store.get("r").edition) == (HEIR, "2023")
    if kind == "official":
        assert doors.power("r") == [("village_administrator", HEIR)]


def test_who_was_dismissed_or_erased_waits_for_nothing_and_is_placed_nowhere(doors):
    for kind in ("official", "resident"):
        somebody(doors, kind, f"{kind}-r")
    official = doors.officials.get("official-r")
    doors.officials.save(official, official.dismiss("chief"), CALL)
    switched(doors)
    resident = doors.residents.get("resident-r")
    doors.residents.save(resident, resident.erase(), CALL)
    assert waiting(doors) == [] and doors.begin(LATER_TABLE).error is None
    doors.finish(LATER_ADOPTION)
    assert place(doors, "official", "official-r", HEIR).error["code"] == "official.not_to_be_placed"
    assert place(doors, "resident", "resident-r", HEIR).error["code"] == "adoption.not_a_successor"


def test_a_county_sets_out_for_a_further_edition_only_after_it_has_arrived(doors):
    doors.begin()
    assert doors.begin(LATER_TABLE).error["code"] == "adoption.not_from_here"
    doors.until("following")
    assert doors.begin(LATER_TABLE).error["code"] == "adoption.another_under_way"
    doors.follow()
    doors.until("finished")
    assert doors.begin(LATER_TABLE).error is None


def test_a_switch_that_begins_while_somebody_is_placed_is_refused(doors, monkeypatch):
    somebody(doors, "resident", "r")
    switched(doors)
    save, begun = doors.residents.save, []

    def beginning(*args, **more):
        begun.append(doors.begin(LATER_TABLE).error["code"])
        save(*args, **more)

    monkeypatch.setattr(doors.residents, "save", beginning)
    assert place(doors).error is None
    assert begun == ["adoption.somebody_waits"] and doors.residents.get("r").region == SPLIT


def test_who_is_placed_while_a_switch_begins_follows_it(doors, monkeypatch):
    somebody(doors, "resident", "r")
    switched(doors)
    who_waits, placed = doors.moving.waiting, []

    def placing(*args):
        found = who_waits(*args)
        if not placed:
            placed.append(place(doors).error)
        return found if found["residents"] else who_waits(*args)

    monkeypatch.setattr(doors.moving, "waiting", placing)
    assert doors.begin(LATER_TABLE).error["code"] == "adoption.somebody_waits" and placed == [None]
    assert doors.begin(LATER_TABLE).error is None
    doors.finish(LATER_ADOPTION)
    assert (doors.residents.get("r").region, doors.residents.get("r").edition) == (HEIR, "2023")


def test_whatever_two_administrators_do_at_once_nobody_ends_at_a_code_that_is_gone(doors):
    people = [f"r{number}" for number in range(12)]
    for id in people:
        somebody(doors, "resident", id)
    somebody(doors, "official", "o")
    switched(doors)

    def put(id):
        kind = "official" if id == "o" else "resident"
        return place(doors, kind, id, (SPLIT, COMES)[len(id) % 2]).error

    def begin(_):
        for _ in range(400):
            refused = doors.begin(LATER_TABLE).error
            if refused is None:
                return None
            assert refused["code"] == "adoption.somebody_waits"
        return refused

    with ThreadPoolExecutor(4) as pool:
        switching = pool.submit(begin, None)
        twice = [*people, "o", *people]
        answers = list(pool.map(put, twice))
    assert switching.result() is None
    codes = {one["code"] for one in answers if one}
    assert codes <= {"adoption.not_a_successor", "resident.changed_meanwhile", "adoption.not_finished"}
    assert answers.count(None) == len(people) + 1
    doors.finish(LATER_ADOPTION)
    regions = {one["region"] for one in doors.residents.documents.find()}
    assert regions == {HEIR, COMES} and doors.officials.get("o").region in ALIVE


def test_of_two_who_place_a_party_unit_at_once_one_decides_for_it_and_all_its_members(doors, monkeypatch):
    somebody(doors, "party_unit", "u")
    switched(doors)
    place_with, answers = doors.party_members.place_with, []

    def placing(*args):
        place_with(*args)
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as pool:
            answers.append(pool.submit(place, doors, "party_unit", "u", COMES).result())

    monkeypatch.setattr(doors.party_members, "place_with", placing)
    answers.append(place(doors, "party_unit", "u", SPLIT))
    (decided,) = (one.result["region"] for one in answers if not one.error)
    assert [doors.party_units.get("u").region, doors.party_members.get("m-u").region] == [decided] * 2


def test_who_was_stranded_before_this_was_refused_is_placed_where_the_parts_are_now(doors, monkeypatch):
    for kind in ("resident", "official", "party_unit"):
        somebody(doors, kind, kind)
    switched(doors)
    with monkeypatch.context() as earlier:
        earlier.setattr(usecases, "nobody_waits_to_be_placed", lambda waiting: None)
        assert doors.begin(LATER_TABLE).error is None
    doors.go_on(LATER_ADOPTION)
    assert place(doors, id="resident", to=HEIR).error["code"] == "adoption.not_finished"
    doors.finish(LATER_ADOPTION)
    for kind, store in (
        ("resident", doors.residents), ("official", doors.officials), ("party_unit", doors.party_units),
    ):  # fmt: skip
        refused = place(doors, kind, kind, SPLIT).error
        assert (refused["code"], refused["detail"]["successors"]) == (
            "adoption.not_a_successor",
            sorted([COMES, HEIR]),
        )
        assert place(doors, kind, kind, STAYS).error["code"] == "adoption.not_a_successor"
        assert place(doors, kind, kind, HEIR).error is None
        assert (store.get(kind).region, store.get(kind).edition) == (HEIR, "2023")
    assert doors.party_members.get("m-party_unit").region == HEIR
    assert doors.power("official") == [("village_administrator", HEIR)]
