"""Papers other than the ID card, and what shows of their numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.core.errors import Rejected
from services.civic.id_numbers import check_digit
from services.identity.people.papers import FORMS, hint_of, the_paper_is_valid
from services.identity.people.residents.contract import PAPERS

TODAY = date(2026, 11, 21)


def with_check_digit(digits: str) -> str:
    return digits + check_digit(digits)


PERMANENT_2023 = with_check_digit("95170419850101001")
RIGHT = [
    ("residence_permit", with_check_digit("83000019900101001")),
    ("foreign_permanent_resident_card", PERMANENT_2023),
    ("foreign_permanent_resident_card", "vnm510085010112"),
    ("passport", "c1234567"),
    ("temporary_certificate", "5101-2026-00371"),
]
WRONG = [
    ("residence_permit", with_check_digit("51018319900101001")),
    ("foreign_permanent_resident_card", with_check_digit("51018319900101001")),
    ("foreign_permanent_resident_card", PERMANENT_2023[:-1] + ("0" if PERMANENT_2023[-1] != "0" else "1")),
    ("passport", "C12345678901"),
    ("passport", "护照一二三四五"),
    ("temporary_certificate", "无编号证明书"),
]


@pytest.mark.parametrize(("kind", "number"), RIGHT)
def test_each_kind_of_paper_has_a_form_of_its_own(kind, number):
    paper = the_paper_is_valid(kind, number, "VNM", TODAY)
    assert paper.kind == kind and paper.number == number.upper().replace("-", "")


@pytest.mark.parametrize(("kind", "number"), WRONG)
def test_a_number_of_another_form_is_refused(kind, number):
    with pytest.raises(Rejected):
        the_paper_is_valid(kind, number, "VNM", TODAY)


def test_a_passport_names_its_country_and_counts_within_it():
    with pytest.raises(Rejected, match="签发国"):
        the_paper_is_valid("passport", "C1234567", None, TODAY)
    keys = {the_paper_is_valid("passport", "C1234567", country, TODAY).key for country in ("VNM", "LAO")}
    assert len(keys) == 2


def test_the_same_number_on_another_kind_of_paper_is_another_person():
    keys = {
        the_paper_is_valid(kind, "C1234567", "VNM", TODAY).key
        for kind in ("passport", "temporary_certificate")
    }
    assert len(keys) == 2


def test_where_an_id_number_was_issued_is_a_hint_only():
    assert hint_of("id_card", "5101**********0013", "510183103204") == "here"
    assert hint_of("id_card", "1101**********002X", "510183103204") == "elsewhere"
    assert hint_of("passport", "C*****67", "510183103204") is None
    assert the_paper_is_valid("id_card", "11010519491231002X", None, TODAY)


@given(st.from_regex(r"[A-Z0-9]{6,20}", fullmatch=True))
def test_of_a_short_number_one_character_shows(number):
    masked = the_paper_is_valid("temporary_certificate", number, None, TODAY).masked
    assert len(masked) == len(number) and len(masked.replace("*", "")) == (4 if len(number) == 18 else 1)


def test_every_kind_that_can_be_entered_has_its_form():
    assert set(PAPERS) == set(FORMS)
