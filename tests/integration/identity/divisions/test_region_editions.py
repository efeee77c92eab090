"""Five editions of the divisions side by side: a code is read with its edition."""

import shutil

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import NotFound, Rejected
from services.civic.actor import ANONYMOUS
from services.identity.divisions.regions import contract, views
from services.identity.divisions.regions.source import DATA
from services.identity.divisions.regions.store import CountyStore, Divisions, RegionStore
from tests.integration.identity.region_register import loaded

REUSED = (
    "510183103218", "510183104227", "510183105210", "510183105215", "510183106216", "510183106218", "510183115002",
    "510183115206", "510183118206", "510183118208",
)  # fmt: skip


def find(database, code, edition=None):
    call = Call(contract.FindRegion().load({"code": code, "edition": edition}), ANONYMOUS)
    return views.one(RegionStore(database), CountyStore(database), call)


def below(database, parent, edition=None):
    seen, cursor = [], None
    while True:
        asked = {"parent": parent, "edition": edition, "limit": 100, "cursor": cursor}
        call = Call(contract.ListRegions().load(asked), ANONYMOUS)
        found = views.children(RegionStore(database), CountyStore(database), call)
        seen, cursor = seen + found["items"], found["next"]
        if cursor is None:
            return seen


def test_every_edition_loads_once_and_a_second_load_changes_nothing(database):
    assert loaded(database).counts == {"new": 3 * 296 + 2 * 204, "changed": 0, "unchanged": 0, "refused": 0}
    before = list(database["regions"].find({}))
    assert loaded(database).counts == {"new": 0, "changed": 0, "unchanged": 1296, "refused": 0}
    assert list(database["regions"].find({})) == before
    told = [event for region in before for event in region["outbox"]]
    assert len({event["id"] for event in told}) == 1296
    assert {event["type"] for event in told} == {"xiangzhi.identity.region.published.v1"}


@pytest.mark.parametrize(
    ("edition", "towns", "villages"),
    [(None, 24, 271), ("2017", 24, 271), ("2020", 14, 189), ("2023", 14, 189)],
)
def test_the_county_is_listed_in_the_asked_edition_or_in_the_one_that_it_has_adopted(
    register, edition, towns, villages
):
    found = below(register, "510183", edition)
    assert len(found) == towns
    assert {town.edition for town in found} == {edition or "2019"}
    assert sum(len(below(register, town.region, edition)) for town in found) == villages


def test_ten_codes_that_survived_the_merger_name_another_village(register):
    two = {
        edition: {one["region"]: one["_id"] for one in register["regions"].find({"edition": edition})}
        for edition in ("2019", "2020")
    }
    both = set(two["2019"]) & set(two["2020"])
    other = [c for c in both if find(register, c, "2019").short_name != find(register, c, "2020").short_name]
    assert sorted(other) == sorted(REUSED)
    assert find(register, "510183103218").short_name == "艾河村"
    assert find(register, "510183103218", "2020").short_name == "陈院村"


def test_a_division_tells_what_it_became_where_code_and_name_went_on(register):
    stays = find(register, "510183103204")
    assert stays.successors == [{"edition": "2020", "code": "510183103204"}]
    assert stays.predecessors == [{"edition": "2018", "code": "510183103204"}]
    reused = find(register, "510183103218")
    assert reused.successors == [] and find(register, "510183103218", "2020").predecessors == []


def test_a_code_tells_its_names_in_every_edition(register):
    call = Call(contract.ListEditions().load({"code": "510183103218"}), ANONYMOUS)
    found = views.editions(RegionStore(register), call)["items"]
    named = [(one.edition, one.short_name) for one in found]
    assert named == [(y, "艾河村") for y in ("2017", "2018", "2019")] + [
        (y, "陈院村") for y in ("2020", "2023")
    ]


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("510183103299", None),
        ("510183122", None),
        ("510183101", "2020"),
        ("510183", "1999"),
        ("999999", None),
    ],
)
def test_what_an_edition_does_not_have_is_not_found(register, code, edition):
    with pytest.raises(NotFound) as refused:
        find(register, code, edition)
    assert refused.value.code == ("county.not_found" if code == "999999" else "region.not_found")


def test_people_register_only_in_villages_of_the_adopted_edition(register):
    villages = views.Villages(register)
    villages.must_exist("510183106210")
    regions = RegionStore(register).documents
    new = set(regions.distinct("region", {"edition": "2020"})) - set(
        regions.distinct("region", {"edition": "2019"})
    )
    assert len(new) == 5 + 100
    for code in (*new, "510183103", "999999999999"):
        with pytest.raises(Rejected):
            villages.must_exist(code)


def test_a_county_that_has_adopted_another_edition_keeps_it_when_loading_again(database):
    loaded(database)
    database["counties"].update_one({"_id": "510183"}, {"$set": {"edition": "2020"}})
    assert loaded(database).counts["unchanged"] == 1296
    assert Divisions(database).get("510183103218").short_name == "陈院村"


def test_a_refused_row_is_named_by_its_line_and_stops_nothing(database, tmp_path):
    for file in DATA.glob("*.csv"):
        shutil.copy(file, tmp_path)
    wrong = "510183103,桑园镇\n51018310,短码\n510183119,\n"
    with open(tmp_path / "qionglai_towns_2018.csv", "a", encoding="utf-8") as towns:
        towns.write(wrong)
    with open(tmp_path / "qionglai_villages_2023.csv", "a", encoding="utf-8") as villages:
        villages.write("510183101201,没有镇的村,510183101,羊安镇\n")
    report = loaded(database, tmp_path)
    assert report.counts["new"] == 1296 and report.counts["refused"] == 4
    assert [refusal.rsplit(": ", 1)[0] for refusal in report.refusals] == [
        "qionglai_towns_2018.csv:26", "qionglai_towns_2018.csv:27", "qionglai_towns_2018.csv:28",
        "qionglai_villages_2023.csv:191",
    ]  # fmt: skip


def test_reads_of_divisions_go_by_an_index(register):
    database = register
    database.command("profile", 2)
    try:
        below(database, "510183103", "2020")
        test_a_code_tells_its_names_in_every_edition(database)
    finally:
        database.command("profile", 0)
    seen = list(database["system.profile"].find({"op": "query", "ns": f"{database.name}.regions"}))
    database["system.profile"].drop()
    assert len(seen) == 2
    for plan in seen:
        assert plan["planSummary"].startswith("IXSCAN") and not plan.get("hasSortStage"), plan
        assert plan["docsExamined"] == plan["nreturned"], plan
