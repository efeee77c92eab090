"""What a row of the register must be, and what an edition tells about the next one."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Invalid
from services.identity.divisions.regions.model import (
    a_code_comes_once,
    a_division_has_code_and_name,
    a_division_lies_in_one_of_its_edition,
    short,
    the_same_code_and_name_are_the_same_division,
)


@pytest.mark.parametrize(
    ("name", "used"),
    [
        ("黑虎村民委员会", "黑虎村"),
        ("黑虎村村委会", "黑虎村"),
        ("观音阁社区居委会", "观音阁社区"),
        ("文君街道办事处", "文君街道"),
        ("桑园镇", "桑园镇"),
    ],
)
def test_a_division_has_the_name_that_people_use(name, used):
    assert short(name) == used


@pytest.mark.parametrize(
    ("code", "name", "refusal"),
    [
        ("51018310", "桑园镇", "region.code_wrong"),
        ("51018310320四", "黑虎村", "region.code_wrong"),
        ("510183103204", " ", "region.name_missing"),
    ],
)
def test_a_row_without_right_code_and_name_is_refused(code, name, refusal):
    with pytest.raises(Invalid) as refused:
        a_division_has_code_and_name(code, name, "2019")
    assert refused.value.code == refusal


def test_a_code_that_comes_twice_is_refused_with_the_line_of_the_first():
    a_code_comes_once("510183104", {"510183103": 7})
    with pytest.raises(Invalid) as refused:
        a_code_comes_once("510183103", {"510183103": 7})
    assert "7" in refused.value.message


def test_a_village_lies_in_a_town_of_its_own_edition():
    a_division_lies_in_one_of_its_edition("510183103", {"510183103": 2})
    with pytest.raises(Invalid) as refused:
        a_division_lies_in_one_of_its_edition("510183102", {"510183103": 2})
    assert refused.value.code == "region.parent_missing"


def test_a_code_goes_on_only_where_it_keeps_its_name():
    def edition(year, names):
        return {code: a_division_has_code_and_name(code, name, year) for code, name in names.items()}

    before = edition("2019", {"510183103204": "黑虎村民委员会", "510183103218": "艾河村民委员会"})
    after = edition("2020", {"510183103204": "黑虎村村委会", "510183103218": "陈院村村委会"})
    the_same_code_and_name_are_the_same_division(before, after)
    assert before["510183103204"].successors == [{"edition": "2020", "code": "510183103204"}]
    assert after["510183103204"].predecessors == [{"edition": "2019", "code": "510183103204"}]
    assert before["510183103218"].successors == after["510183103218"].predecessors == []


def test_the_last_hundred_changes_of_figures_are_shown():
    village = a_division_has_code_and_name("510183103204", "黑虎村民委员会", "2019")
    for population in range(101):
        village.change_figures({"population": population}, "o", datetime(2026, 11, 23, tzinfo=UTC))
    shown = [one["figures"]["population"] for one in village.figures_history]
    assert shown == list(range(1, 101))
