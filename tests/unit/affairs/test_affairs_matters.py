"""The source list's rules and the rules of changing a matter."""

from datetime import UTC, datetime

import pytest

from services.affairs.matters.catalogue.model import KINDS
from services.affairs.matters.catalogue.source import Refused, local_office, matter_id, rows, to_matter
from services.chassis.core.errors import Rejected

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ROW = {
    "department": "区民政局",
    "main_item": "未分类",
    "name": "临时救助",
    "area_code": "511602000000",
    "item_code": "512B0003600031-511602000000-000-11511301008778298W-1-00",
    "task_type": "20",
}


def refusal(act, *args):
    with pytest.raises(Rejected) as refused:
        act(*args)
    return refused.value.code


@pytest.mark.parametrize(
    ("source", "ours"),
    [
        ("区民政局", "邛崃市民政局"),
        ("区公安分局", "邛崃市公安局"),
        ("广安区税务局", "邛崃市税务局"),
        ("区残联", "邛崃市残联"),
        ("区委办", "邛崃市委办"),
    ],
)
def test_offices_of_the_source_become_the_countys(source, ours):
    assert local_office(source) == ours


def test_every_office_of_the_source_becomes_one_of_the_county():
    offices = {local_office(row.values["department"]) for row in rows("guangan_qu_511602_matters.csv")}
    assert len(offices) == 34
    assert all(office.startswith("邛崃市") and "广安" not in office for office in offices)


def test_a_matters_id_is_the_same_at_every_load_and_differs_between_codes():
    assert matter_id("a") == matter_id("a") != matter_id("b")


def test_a_row_becomes_a_matter_of_the_county_with_lawful_days():
    matter = to_matter(ROW, NOW)
    assert (matter.region, matter.office, matter.kind_name) == ("510183", "邛崃市民政局", "公共服务")
    assert (matter.promise_days, matter.statutory_days, matter.main_item) == (10, 20, "")
    assert matter.source_code == ROW["item_code"]
    assert [m["name"] for m in matter.materials] == ["居民身份证"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"name": ""}, "name is empty"),
        ({"item_code": ""}, "item_code is empty"),
        ({"department": "县民政局"}, "not one of the source county"),
        ({"department": "区"}, "not one of the source county"),
        ({"area_code": "511603000000"}, "area"),
        ({"task_type": "77"}, "not a known kind"),
    ],
)
def test_a_row_that_is_no_matter_of_the_source_is_refused_with_the_reason(change, why):
    with pytest.raises(Refused, match=why):
        to_matter({**ROW, **change}, NOW)


def test_every_kind_of_the_source_has_its_name():
    assert {row.values["task_type"] for row in rows("guangan_qu_511602_matters.csv")} == set(KINDS)


def test_an_office_may_not_promise_more_time_than_the_law_gives():
    matter = to_matter(ROW, NOW)
    assert refusal(matter.change, {"promise_days": 21}, NOW) == "matter.promise_beyond_law"
    matter = to_matter(ROW, NOW)
    told = matter.change({"promise_days": 20, "state": "closed"}, NOW)
    assert told == [("matter.changed", {"matter_id": matter.id, "state": "closed", "number": 2})]


def test_a_list_of_materials_names_each_one_once():
    twice = [{"name": "居民户口簿", "note": ""}, {"name": "居民户口簿", "note": "复印件"}]
    assert refusal(to_matter(ROW, NOW).change, {"materials": twice}, NOW) == "matter.material_twice"
