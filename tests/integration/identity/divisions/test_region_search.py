"""Divisions are found by Chinese name, pinyin and initials, by an index."""

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import Invalid
from services.civic.actor import ANONYMOUS
from services.identity.divisions.regions import contract, views
from services.identity.divisions.regions.store import CountyStore, RegionStore

TWO = [("三河村", "牟礼镇", "510183102220"), ("三河村", "火井镇", "510183106210")]


def search(database, text, within="510183", **more):
    call = Call(contract.SearchRegions().load({"text": text, "within": within, **more}), ANONYMOUS)
    return views.search(RegionStore(database), CountyStore(database), call)


def found(database, text, within="510183", **more):
    items = search(database, text, within, **more)["items"]
    return [(one.short_name, one.parent_name, one.region) for one in items]


@pytest.mark.parametrize(
    "text", ["三河村", "三河", "sanhe", "sanhecun", "shc", "SHC", "SanHe", "san he", "三河 shc", "sanhec"]
)
def test_both_villages_of_one_name_are_found_and_come_with_their_town(register, text):
    assert found(register, text) == TWO


def test_a_search_inside_a_town_finds_only_what_lies_there(register):
    assert found(register, "shc", "510183106") == TWO[1:]
    assert found(register, "三河村", "510183103") == []


def test_a_search_goes_through_one_edition_only(register):
    assert found(register, "shc", edition="2017") == TWO
    assert ("三河村", "火井镇", "510183106210") not in found(register, "shc", edition="2020")
    assert [name for name, _, _ in found(register, "cyc", "510183103", edition="2020")] == ["陈院村"]


@pytest.mark.parametrize("text", ["anhe", "sanc", "村三", "土星村", "$where", "tuxing"])
def test_letters_count_from_the_beginning_of_a_syllable_and_unknown_names_find_nothing(register, text):
    assert found(register, text) == []


def test_the_county_and_its_towns_are_found_too_and_short_names_come_first(register):
    assert found(register, "ql")[0] == ("邛崃市", None, "510183")
    assert ("平乐镇", "邛崃市", "510183104") in found(register, "pingle")
    lengths = [len(name) for name, _, _ in found(register, "sq", limit=100)]
    assert lengths == sorted(lengths) and lengths[0] < lengths[-1]


def test_a_search_leads_through_all_its_pages_without_repeats(register):
    seen, cursor = [], None
    for _ in range(60):
        page = search(register, "cun", limit=20, cursor=cursor)
        seen += [one.id for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    truly = register["regions"].count_documents({"edition": "2019", "syllables": "cun"})
    assert len(seen) == len(set(seen)) == truly >= 200


@pytest.mark.parametrize("text", ["（？）", "  ·  "])
def test_signs_alone_are_refused(register, text):
    with pytest.raises(Invalid) as refused:
        search(register, text)
    assert refused.value.code == "region.search_without_words"


@pytest.mark.parametrize(
    ("query", "most"),
    [({"text": "三河"}, 2), ({"text": "sanhe"}, 2), ({"text": "shc", "limit": 1}, 2), ({"text": "c"}, 21)],
)
def test_every_search_goes_by_an_index_reads_little_and_sorts_nothing(register, query, most):
    register.command("profile", 2)
    try:
        search(register, **query)
    finally:
        register.command("profile", 0)
    seen = list(register["system.profile"].find({"op": "query", "ns": f"{register.name}.regions"}))
    register["system.profile"].drop()
    [plan] = seen
    assert plan["planSummary"].startswith("IXSCAN { county: 1, edition: 1, grams: 1"), plan
    assert not plan.get("hasSortStage") and plan["docsExamined"] <= most, plan
