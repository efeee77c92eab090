"""What went to departments leaves the officials' looks, where 0.1.0 had kept it too."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.calls import event_call
from services.chassis.runtime.declare import create_indexes
from services.chassis.runtime.migrations import migrate
from services.civic.settings import CivicSettings
from services.identity.privacy.unmaskings.model import Unmasking as Look
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.service import Service
from services.identity.subscribers.feed.model import DepartmentDisclosure
from services.identity.subscribers.feed.store import DepartmentDisclosures
from services.identity.wiring.personal_data import held_of_a_person

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
    assert migrate(database, Service.migrations).startswith("schema 5, 1 moved")
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
