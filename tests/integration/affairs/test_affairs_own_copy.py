"""A person's copy of what affairs holds: the own applications with all that was written in them."""

from services.affairs.service import Service
from tests.integration.affairs.test_affairs_account_closures import GIVEN, NAME, PHONE, Leaving


def test_the_own_applications_are_in_the_copy_in_full_and_nobody_elses(affairs):
    application = Leaving(affairs).apply()
    database = affairs.people.documents.database
    (section,) = Service.held_of_a_person.make(database).copy_of(["r1", "an entry that was merged"])
    (row,) = section["rows"]
    assert (row["id"], row["applicant_name"], row["applicant_phone"]) == (application.id, NAME, PHONE)
    assert row["materials"] == GIVEN and row["submitted_at"] == application.submitted_at.isoformat()
    assert Service.held_of_a_person.make(database).copy_of(["r2"]) == []
