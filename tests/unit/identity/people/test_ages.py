"""How old somebody is by the number, on both sides of each birthday, and what nobody may before."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from services.chassis.core.errors import Rejected
from services.civic.id_numbers import check_digit
from services.identity.people import ages
from services.identity.people.papers import IdentityDocument

EVE, DAY = datetime(2026, 12, 1, 15, 59, tzinfo=UTC), datetime(2026, 12, 1, 16, tzinfo=UTC)
"""The last minute of 1 December in China, and the first of the day after."""


def paper(born: str, kind: str = "id_card", beginning: str = "510183") -> IdentityDocument:
    first = f"{beginning}{born}001"
    return IdentityDocument(kind, first + check_digit(first))


def code_of(rule, *given) -> str:
    try:
        rule(*given)
    except Rejected as refused:
        return refused.code
    return ""


def test_a_child_registers_with_a_guardian_until_the_fourteenth_birthday():
    rule = ages.who_is_under_fourteen_registers_with_a_guardian
    assert code_of(rule, paper("20121202"), EVE) == "resident.under_fourteen"
    assert code_of(rule, paper("20121202"), DAY) == ""
    assert code_of(rule, paper("19580312"), EVE) == ""


@pytest.mark.parametrize("kind, beginning", [("residence_permit", "810000"), ("id_card", "510183")])
def test_every_national_number_tells_an_age_and_no_other_paper_does(kind, beginning):
    rule = ages.who_is_under_fourteen_registers_with_a_guardian
    assert code_of(rule, paper("20200315", kind, beginning), DAY) == "resident.under_fourteen"
    passport = IdentityDocument("passport", "E20200315", "VNM")
    assert code_of(rule, passport, DAY) == "" and ages.of_age_at(passport, DAY) is None


def test_of_an_adult_no_birthday_is_kept_and_of_who_is_not_the_day_of_coming_of_age():
    assert ages.of_age_at(paper("20081202"), EVE) == DAY
    assert ages.of_age_at(paper("20081202"), DAY) is None
    assert ages.of_age_at(paper("20120229"), EVE) == datetime(2030, 2, 28, 16, tzinfo=UTC)  # 1 March in China


def test_only_adults_give_mandates_help_and_head_a_household_alone():
    young, old = SimpleNamespace(of_age_at=DAY), SimpleNamespace(of_age_at=None)
    for rule, code in (
        (ages.only_adults_give_mandates, "mandate.ward_under_age"),
        (ages.only_adults_help, "mandate.helper_under_age"),
    ):
        assert (code_of(rule, young, EVE), code_of(rule, young, DAY), code_of(rule, old, EVE)) == (
            code,
            "",
            "",
        )
    alone = ages.only_adults_head_a_household_alone
    assert code_of(alone, [young, young], EVE) == "household.no_adult"
    assert [code_of(alone, members, EVE) for members in ([young, old], [old], [])] == ["", "", ""]
