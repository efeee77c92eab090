"""What went to departments leaves the officials' looks, where 0.1.0 had kept it too."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.calls import Call, event_call, write_call
from services.chassis.core.errors import Conflict
from services.chassis.runtime.declare import create_indexes
from services.chassis.runtime.migrations import migrate
from services.civic.settings import CivicSettings
from services.identity.people.households.model import Ask, Household, Member
from services.identity.people.households.store import HouseholdStore
from services.identity.people.party.model import PartyMember
from services.identity.people.party.store import PartyMemberStore
from services.identity.privacy.unmaskings.model import Unmasking as Look
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.service import Service
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.model import DepartmentDisclosure
from services.identity.wiring.personal_data import held_of_a_person
from tests.at_rest import plain_in

NOW = datetime(2026, 11, 1, tzinfo=UTC)
NAME = "identity.resident.certified"
TOLD = DepartmentDisclosure("d1", "e1", "wang", ("resident_name",), NOW)


class AsIn010(DepartmentDisclosures):
    collection = "disclosures"

    def note(self, disclosures: list[DepartmentDisclosure]) -> None:
        """Keep them without the names, which 0.1.0 did not know."""
        super().note(disclosures)
        self.documents.update_many({}, {"$unset": {"department_name": 1, "event_name": 1}})


@pytest.fixture
def looks(database):
    """The looks with what the feed of 0.1.0 noted among them."""
    looks = UnmaskingStore(database)
    look = Look("l1", "510183103204", "wang", "o1", "village_administrator", "home_visit", "reason", NOW)
    looks.add(look, look.made(), event_call("e", {}, NOW))
    AsIn010(database).note([TOLD])
    database.departments.insert_one({"_id": "d1", "name": "统计局"})
    database.feed.insert_one({"_id": 1, "event": {"id": "e1"}, "name": NAME})
    return looks


def test_both_are_whole_and_each_is_where_it_belongs(looks, database):
    before = looks.documents.find_one({"_id": "l1"})
    assert migrate(database, Service.migrations).startswith("schema 10, 1 moved")
    assert list(looks.documents.find()) == [before]
    (row,) = DepartmentDisclosures(database).documents.find()
    told = {"department": "d1", "event": "e1", "person": "wang", "fields": ["resident_name"], "at": NOW}
    assert row == {"_id": "d1|e1|wang", **told, "department_name": "统计局", "event_name": NAME}


def test_the_copy_for_the_person_shows_both(looks, database):
    migrate(database, Service.migrations)
    shown = {section["section"]: section["rows"] for section in held_of_a_person(database).copy_of(["wang"])}
    assert shown["disclosures"][0]["official_id"] == "o1"
    (row,) = shown["department_disclosures"]
    assert (row["department"], row["department_name"]) == ("d1", "统计局")


def test_a_row_that_both_versions_noted_is_there_once(looks, database):
    DepartmentDisclosures(database).note([TOLD])
    migrate(database, Service.migrations)
    assert DepartmentDisclosures(database).documents.count_documents({}) == 1
    assert looks.documents.distinct("_id") == ["l1"]


def test_declare_makes_the_indexes_of_what_went_to_departments(database):
    create_indexes(database, CivicSettings(identity_hash_key=b"i" * 32, master_key=b"m" * 96), Service)
    assert {"of_a_person", "to_a_department"} <= set(database.department_disclosures.index_information())


def in_full(one) -> dict:
    return {"members": [vars(each) for each in one.members]}


@pytest.fixture
def household(database):
    """A household as 0.1.0 kept it: with an answer that tells where somebody is, and nobody's id of those asked for."""
    households = HouseholdStore(database)
    member, ask = (
        Member("r1", "head", NOW, away={"destination": "东莞", "since": "2026-01-01"}),
        Ask("a1", "add", "r2", "son", "过门", NOW),
    )
    one = Household("h1", "510183103204", "r1", [member], "o1", NOW, asks=[ask])
    households.add(one, [], write_call("form", {}, Call({}).actor, "k" * 16, in_full))
    households.documents.update_one({"_id": "h1"}, {"$unset": {"asked_ids": 1}})
    return households


def test_of_households_it_is_known_about_whom_was_asked_and_no_old_answer_tells_of_who_has_left(
    household, database
):
    for _ in range(2):
        migrate(database, Service.migrations)
    assert household.asked_about("r2") == ["h1"]
    again = write_call("form", {}, Call({}).actor, "k" * 16, in_full)
    with pytest.raises(Conflict, match="answer_forgotten"):
        household.get("h1", again)
    assert household.get("h1").member("r1").away["destination"] == "东莞"


def test_what_0_1_0_kept_plain_of_party_members_is_sealed_and_whole(database):
    members = PartyMemberStore(database)
    plain = {
        "floating_to": "广东省东莞市",
        "last_contact_by": "o1",
        "last_contact_way": "door to door",
        "last_contact_at": NOW,
    }
    member = PartyMember("r1", "510183103204", "u1", "o1", NOW)
    members.documents.insert_one({**members.to_document(member), **plain, "version": 3})
    assert "1 moved (what is known of party members, encrypted)" in migrate(database, Service.migrations)
    assert plain_in(database, ["广东省东莞市", "door to door"]) == set()
    found = members.get("r1")
    assert {name: getattr(found, name) for name in plain} == plain and found.version == 3
    assert "party members" not in migrate(database, Service.migrations), "once"


def test_the_words_about_who_was_erased_before_are_erased(looks, database):
    database.residents.insert_one({"_id": "wang", "state": "erased"})
    migrate(database, Service.migrations)
    assert (looks.get("l1").reason, looks.get("l1").official_id) == ("", "o1")
