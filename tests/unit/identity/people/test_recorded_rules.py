"""The rules of people without an account, and of their places in households."""

from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError

from services.chassis.core.errors import Conflict, Rejected
from services.identity.people.households.model import Ask, Household, Member
from services.identity.people.recorded.contract import CorrectRecorded, RecordPerson
from services.identity.people.recorded.model import RecordedPerson

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CHILD = {"name": "王小明", "village": "510183103204"}


def person(**more) -> RecordedPerson:
    return RecordedPerson("p", "510183103204", "2019", "510183103204", "王小明", 2015, "o", NOW, **more)


def home() -> Household:
    members = [Member("p", "head", NOW, disability_grade=2), Member("r2", "son", NOW)]
    asks = [Ask("a1", "remove", "p", "other", "", NOW)]
    return Household("h", "510183103204", "p", members, "o", NOW, asks=asks)


@pytest.mark.parametrize(
    "told", [{}, {"birth_year": 2015, "id_number": "510183195803120022"}, {"birth_year": 1800}]
)
def test_a_person_is_told_by_a_number_or_a_year_of_birth_and_not_by_both(told):
    with pytest.raises(ValidationError):
        RecordPerson().load({**CHILD, **told})
    assert RecordPerson().load({**CHILD, "birth_year": 2015})["birth_year"] == 2015


def test_a_correction_corrects_something():
    with pytest.raises(ValidationError):
        CorrectRecorded().load({"person_id": "p"})


def test_nobody_is_born_next_year():
    with pytest.raises(Rejected, match="born_later"):
        person().correct({"birth_year": 2027}, 2026)


def test_only_a_certified_resident_with_the_same_number_is_linked_and_once():
    with pytest.raises(Rejected, match="not_certified"):
        person().link("r", "h", False)
    with pytest.raises(Rejected, match="other_number"):
        person(id_number_hash="x").link("r", "h", True)
    one = person(id_number_hash="h")
    assert one.link("r", "h", True) == [
        ("recorded_person.linked", {"person_id": "p", "state": "linked", "resident_id": "r"})
    ]
    for again in (lambda: one.link("r", "h", True), lambda: one.end("moved"), lambda: one.correct({}, 2026)):
        with pytest.raises(Conflict):
            again()


@pytest.mark.parametrize("close", [lambda one: one.link("r", "h", True), lambda one: one.end("deceased")])
def test_nothing_of_a_person_stays_in_a_closed_record(close):
    one = person(id_number_hash="h", masked_id_number="5101**********0022")
    close(one)
    assert (one.name, one.birth_year, one.id_number_hash, one.masked_id_number) == ("", None, None, None)


def test_who_has_registered_keeps_place_circumstances_and_what_was_asked_about_them():
    one = home()
    ((name, told),) = one.know_as("p", "r1")
    assert (name, told["member_ids"], told["head_id"]) == ("household.member_linked", ["r1", "r2"], "r1")
    assert (one.members[0].relation, one.members[0].disability_grade) == ("head", 2)
    assert one.asks[0].resident_id == "r1"


def test_who_was_a_member_under_both_ids_is_one_member_and_stays_the_head():
    one = home()
    one.know_as("p", "r2")
    assert (one.member_ids, one.head_id, one.members[0].relation) == (["r2"], "r2", "head")
