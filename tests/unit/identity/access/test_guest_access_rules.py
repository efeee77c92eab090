"""The rules of visitors."""

from datetime import UTC, datetime, timedelta

import pytest
from marshmallow import ValidationError

from services.chassis.core.errors import Rejected
from services.identity.access.guest_access.contract import BeginVisit
from services.identity.access.guest_access.model import (
    PEOPLE_OF_A_PHONE,
    UNUSED_KEPT,
    USED_KEPT,
    Visitor,
    one_phone_speaks_for_few_people,
    said,
)
from services.identity.people.matches.model import Found

NOW = datetime(2026, 11, 22, tzinfo=UTC)
CODE = {"code_id": "c", "code": "123456"}
PERSON = {
    "name": "王秀英",
    "id_number": "510183195803120022",
    "village": "510183103204",
    "notice_version": 2,
}


def visitor() -> Visitor:
    one = Visitor(
        "v", "510183103204", "2019", "王秀英", "13800000013", "h", "5101**********0022", 0, NOW, NOW
    )
    one.come("王秀英", "510183103204", "2019", "unknown", NOW)
    return one


@pytest.mark.parametrize("left_out", PERSON)
def test_who_says_a_name_says_all_of_it_or_nothing(left_out):
    half = {name: value for name, value in PERSON.items() if name != left_out}
    with pytest.raises(ValidationError):
        BeginVisit().load({**CODE, **half})
    assert (
        CODE.items() <= BeginVisit().load(CODE).items()
        and BeginVisit().load({**CODE, **PERSON})["name"] == "王秀英"
    )


def test_a_phone_speaks_for_as_many_people_as_it_has_places():
    assert [one_phone_speaks_for_few_people(list(range(n))) for n in range(PEOPLE_OF_A_PHONE)] == [
        *range(PEOPLE_OF_A_PHONE)
    ]
    assert one_phone_speaks_for_few_people([0, 2]) == 1
    with pytest.raises(Rejected):
        one_phone_speaks_for_few_people(list(range(PEOPLE_OF_A_PHONE)))


def test_coming_again_never_shortens_how_long_somebody_is_kept():
    one = visitor()
    assert one.forget_at == NOW + UNUSED_KEPT
    one.forget_at = NOW + USED_KEPT
    one.come("王英", "510183103203", "2019", "same", NOW + timedelta(days=1))
    assert one.forget_at == NOW + USED_KEPT and (one.name, one.region) == ("王英", "510183103203")


def test_who_was_taken_over_is_forgotten_by_no_clock_and_taken_over_once():
    one = visitor()
    assert [name for name, _ in one.take_over("r")] == ["visitor.taken_over"]
    one.come("王秀英", "510183103204", "2019", "same", NOW)
    assert one.take_over("other") == [] and one.resident_id == "r"
    assert one.forget(NOW + USED_KEPT * 9) == [] and one.state == "taken_over"


def test_what_the_register_says_is_one_of_three_words():
    assert [said(found) for found in (None, Found(True, "register"), Found(False, "register"))] == [
        "unknown",
        "same",
        "different",
    ]
