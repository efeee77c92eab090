"""Children and elders without an account belong to households; once they register they are one person, and count once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import AlreadyAnswered, DomainError, NotFound, VersionConflict
from services.civic.actor import CivicActor
from services.identity.access.keys import Keys
from services.identity.people.households import usecases as households
from services.identity.people.households import views as household_views
from services.identity.people.households.store import HouseholdStore
from services.identity.people.recorded import usecases, views
from services.identity.people.recorded.store import RecordedStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.wiring.persons import Villagers
from tests.integration.identity.guest_access_scene import NEXT_DOOR, VILLAGE, number

OFFICIAL = CivicActor("o1", "official", (Role("village_administrator", VILLAGE),))
HERE = {"regions": VILLAGE}
NOTHING_SPECIAL = {"away": None, "left_behind": None, "disability_grade": None}


class Scene:
    """The village's people and households."""

    def __init__(self, database):
        self.database, self.keys = database, Keys(b"i" * 32)
        self.recorded, self.residents = RecordedStore(database), ResidentStore(database)
        self.households, self.villagers = HouseholdStore(database), Villagers(database)
        for store in (self.recorded, self.residents, self.households):
            store.create_indexes()

    def must_exist(self, code: str) -> str:
        return "2019"

    def call(self, key=None, **data) -> Call:
        return write_call("test", data, OFFICIAL, key or uuid.uuid4().hex, lambda one: {"id": one.id})

    def record(self, name="王小明", key=None, village=VILLAGE, **told):
        asked = self.call(key, name=name, village=village, **(told or {"birth_year": 2015}))
        return usecases.record(
            self.recorded, self.residents, self, self.keys.of_id_number, lambda region: None, asked
        )

    def resident(self, id, serial=1, village=VILLAGE, state="certified") -> str:
        hashed = self.keys.of_id_number(number(serial))
        phone = f"138{uuid.uuid4().int % 10**8:08d}"
        made = Resident(
            id, village, "王建国", hashed, "5101**********0000", phone, "h", utc_now(), state=state
        )
        self.residents.add(made, [], Call({}))
        return id

    def form(self, *people, key=None):
        """Form a household of (id, relation)."""
        members = [{**NOTHING_SPECIAL, "resident_id": id, "relation": relation} for id, relation in people]
        within = lambda region: region == VILLAGE  # noqa: E731  a use case's argument
        return households.form(self.households, self.villagers, within, self.call(key, members=members))

    def add(self, household, id, **more):
        asked = {"household_id": household.id, "resident_id": id, "relation": "son", **NOTHING_SPECIAL}
        return households.add(self.households, self.villagers, HERE, self.call(**{**asked, **more}))

    def link(self, person, resident: str, key=None):
        asked = self.call(key, person_id=person.id, resident_id=resident)
        return usecases.link(self.recorded, self.residents, self.households, HERE, asked)

    def end(self, person, kind="moved"):
        asked = self.call(person_id=person.id, kind=kind)
        return usecases.end(self.recorded, self.households, HERE, asked)


@pytest.fixture
def village(database):
    return Scene(database)


def refused(work) -> str:
    """Do it as a door does, again where somebody was faster; gives the code of the refusal, or nothing."""
    for _ in range(40):
        try:
            work()
            return ""
        except VersionConflict:
            continue
        except DomainError as refusal:
            return refusal.code
    raise AssertionError("never came to an end")


def at_once(*works) -> list[str]:
    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(refused, works))


def test_a_child_and_an_elder_without_an_account_are_members_and_an_elder_may_be_the_head(village):
    elder, child = village.record("王大爷", id_number=number(7)), village.record()
    home = village.form((elder.id, "head"), (village.resident("r1"), "son"))
    village.add(home, child.id, relation="grandchild", left_behind="child", disability_grade=3)
    call = Call({"household_id": home.id}, OFFICIAL)
    shown = household_views.one(village.households, village.villagers, call)
    assert [(m["name"], m["registered"]) for m in shown["members"]] == [
        ("王*爷", False),
        ("王*国", True),
        ("王*明", False),
    ]
    assert (shown["head_id"], shown["members"][2]["left_behind"]) == (elder.id, "child")
    assert village.recorded.get(elder.id).birth_year == 1958


def test_somebody_recorded_next_door_gone_or_unknown_is_no_member(village):
    home = village.form((village.resident("r1"), "head"))
    elsewhere, gone = village.record(village=NEXT_DOOR), village.record()
    village.end(gone)
    assert {refused(lambda id=id: village.add(home, id)) for id in (elsewhere.id, gone.id, "x")} == {
        "household.person_not_found"
    }


def test_a_recorded_person_is_in_one_household(village):
    child = village.record()
    village.form((village.resident("r1"), "head"), (child.id, "son"))
    other = village.form((village.resident("r2", 2), "head"))
    assert refused(lambda: village.add(other, child.id)) == "household.member_elsewhere"
    village.resident("r3", 3)
    assert refused(lambda: village.form(("r3", "head"), (child.id, "son"))) == "household.member_elsewhere"


def test_the_same_household_entered_again_is_answered_as_the_first_time(village):
    people = ((village.resident("r1"), "head"), (village.record().id, "son"))
    made = village.form(*people, key="k" * 16)
    with pytest.raises(AlreadyAnswered) as repeat:
        village.form(*people, key="k" * 16)
    assert repeat.value.answer == {"id": made.id}


def test_one_village_records_one_number_once_and_not_a_resident_of_its_own(village):
    village.record(id_number=number(7))
    assert refused(lambda: village.record(id_number=number(7))) == "recorded_person.exists_already"
    village.resident("r1", 8)
    assert refused(lambda: village.record(id_number=number(8))) == "recorded_person.has_account"


def test_who_is_registered_or_recorded_elsewhere_is_not_found_out(village):
    village.resident("r1", 8, NEXT_DOOR)
    village.record(id_number=number(7), village=NEXT_DOOR)
    assert refused(lambda: village.record(id_number=number(8))) == ""
    assert refused(lambda: village.record(id_number=number(7))) == ""


def test_who_has_registered_takes_the_place_in_the_household_and_counts_once(village):
    elder = village.record("王大爷", id_number=number(7))
    home = village.form((elder.id, "head"), (village.resident("r1"), "son"))
    linked = village.link(elder, village.resident("r7", 7))
    after = village.households.get(home.id)
    assert (after.head_id, after.member_ids) == ("r7", ["r7", "r1"])
    assert (linked.state, linked.resident_id) == ("linked", "r7")
    told = village.households.documents.find_one({"_id": home.id})["outbox"][-1]["data"]
    assert (told["person_id"], told["resident_id"], told["member_ids"]) == (elder.id, "r7", ["r7", "r1"])


def test_who_was_entered_under_both_is_one_member_after_the_link(village):
    child = village.record()
    home = village.form(
        (village.resident("r1"), "head"), (child.id, "son"), (village.resident("r2", 2), "son")
    )
    village.link(child, "r2")
    assert village.households.get(home.id).member_ids == ["r1", "r2"]


def test_only_the_right_resident_is_linked(village):
    elder, child = village.record("王大爷", id_number=number(7)), village.record()
    cases = {
        "recorded_person.other_number": (elder, village.resident("r1", 1)),
        "recorded_person.not_certified": (child, village.resident("r2", 2, state="pending")),
        "resident.not_found": (child, village.resident("r3", 3, NEXT_DOOR)),
    }
    assert {code: refused(lambda one=one: village.link(*one)) for code, one in cases.items()} == {
        code: code for code in cases
    }
    village.link(child, "r1")
    assert refused(lambda: village.link(child, "r1")) == "recorded_person.closed"


def test_a_resident_of_another_household_is_not_linked_and_nothing_has_changed(village):
    child = village.record()
    home = village.form((village.resident("r1"), "head"), (child.id, "son"))
    village.form((village.resident("r2", 2), "head"))
    assert refused(lambda: village.link(child, "r2")) == "household.member_elsewhere"
    assert village.recorded.get(child.id).state == "recorded"
    assert village.households.get(home.id).member_ids == ["r1", child.id]


def test_the_village_is_shown_which_of_its_residents_it_may_be(village):
    village.record("王大爷", id_number=number(7))
    village.record("王大娘", id_number=number(6))
    village.resident("r7", 7)
    village.resident("r6", 6, NEXT_DOOR)
    call = Call({"state": "recorded", "limit": 20}, OFFICIAL)
    shown = views.in_scope(village.recorded, village.residents, call)["items"]
    assert {one["masked_name"]: one["registered_as"] for one in shown} == {"王*爷": "r7", "王*娘": None}


def test_who_died_or_moved_leaves_the_household_and_nothing_of_a_person_stays(village):
    child = village.record(id_number=number(7))
    home = village.form((village.resident("r1"), "head"), (child.id, "son"))
    village.end(child)
    gone = village.recorded.get(child.id)
    assert (gone.state, gone.ended_as, gone.name, gone.birth_year) == ("ended", "moved", "", None)
    assert gone.id_number_hash is None and village.households.get(home.id).member_ids == ["r1"]
    assert refused(lambda: village.record(id_number=number(7))) == ""


def test_name_and_year_of_birth_lie_sealed(village):
    made = village.record(id_number=number(7))
    stored = village.recorded.documents.find_one({"_id": made.id}, {"outbox": 0})
    assert not {"name", "birth_year"} & stored.keys() and "1958" not in str(stored)
    assert number(7) not in str(stored)


def test_what_is_recorded_is_corrected_and_a_number_brings_its_year_along(village):
    made = village.record()
    asked = village.call(person_id=made.id, id_number=number(7))
    usecases.correct(village.recorded, village.keys.of_id_number, HERE, asked)
    after = village.recorded.get(made.id)
    assert (after.birth_year, after.name, after.masked_id_number) == (1958, "王小明", f"5101{'*' * 14}")
    later = village.call(person_id=made.id, birth_year=2099)
    work = lambda: usecases.correct(village.recorded, village.keys.of_id_number, HERE, later)  # noqa: E731
    assert refused(work) == "recorded_person.born_later"


def test_for_another_village_a_recorded_person_does_not_exist(village):
    made = village.record()
    asked = village.call(person_id=made.id, kind="moved")
    with pytest.raises(NotFound):
        usecases.end(village.recorded, village.households, {"regions": NEXT_DOOR}, asked)


@pytest.mark.parametrize("time_over", range(4))
def test_who_is_linked_while_entered_into_a_household_stands_there_under_one_id(village, time_over):
    child, resident = village.record(), village.resident("r2", 2)
    home = village.form((village.resident("r1"), "head"))
    told = at_once(lambda: village.add(home, child.id), lambda: village.link(child, resident))
    members = village.households.get(home.id).member_ids
    assert told in (["", ""], ["", "household.person_not_found"])
    assert members == (["r1", "r2"] if told == ["", ""] else ["r1"])


@pytest.mark.parametrize("time_over", range(4))
def test_of_a_link_and_an_end_at_once_one_holds(village, time_over):
    child, resident = village.record(), village.resident("r2", 2)
    home = village.form((village.resident("r1"), "head"), (child.id, "son"))
    told = at_once(lambda: village.end(child), lambda: village.link(child, resident))
    linked = village.recorded.get(child.id).state == "linked"
    assert told == ["", "recorded_person.closed"]
    assert village.households.get(home.id).member_ids == (["r1", "r2"] if linked else ["r1"])
