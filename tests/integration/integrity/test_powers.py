"""The powers of a village on a real MongoDB: loading, drafts by two people, versions, search, links, and who comes first."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.chassis.runtime.load import LoadReport
from services.civic.settings import CivicSettings
from services.integrity.openness.powers import loader
from services.integrity.openness.powers.shipped import power_id
from tests.integration.integrity.endpoints import COUNTY, officer, plan_of

WRITER = officer("writer")
OTHER = officer("other", COUNTY, "county_administrator")
STRANGER = officer("stranger", "510184")
CASH, SEAL = power_id("收益分配"), power_id("使用和保管村委会印章")
READY = {"review_by": "2027-12-01"}


def load(database) -> dict:
    report = LoadReport("powers")
    loader.load(database, CivicSettings(), report)
    return report.counts


@pytest.fixture
def county(integrity):
    load(integrity.database)
    return integrity


def handed_in(county, id=CASH, **changes):
    assert county.ask("write_power_draft", {"power_id": id, **READY, **changes}, WRITER)["id"] == id
    return county.ask("submit_power_draft", {"power_id": id}, WRITER)


def published(county, id=CASH, **changes):
    seen = handed_in(county, id, **changes)["version"]
    return county.ask("publish_power_draft", {"power_id": id, "seen_version": seen}, OTHER)


def names(found):
    return [one["name"] for one in found["items"]]


def test_the_57_are_loaded_as_drafts_that_nobody_sees_and_loading_again_changes_nothing(county):
    assert load(county.database) == {"new": 0, "changed": 0, "unchanged": 57, "refused": 0}
    assert county.ask("list_powers")["items"] == []
    assert county.ask("find_power", {"power_id": CASH})["code"] == "power.not_found"
    version = {"power_id": CASH, "number": 1}
    assert county.ask("find_power_version", version)["code"] == "power.not_found"
    first = county.ask("list_power_drafts", {"state": "drafting", "limit": 100}, WRITER)
    assert len(first["items"]) == 57 and {one["by"] for one in first["items"]} == {"system"}
    assert county.ask("list_power_drafts", {"state": "drafting"}, STRANGER)["items"] == []


def test_one_writes_another_publishes_and_everybody_reads_it(county):
    seen = handed_in(county)["version"]
    own = county.ask("publish_power_draft", {"power_id": CASH, "seen_version": seen}, WRITER)
    assert own["code"] == "power.own_draft"
    late = county.ask("publish_power_draft", {"power_id": CASH, "seen_version": seen - 1}, OTHER)
    assert late["code"] == "power.changed_since_seen"
    for step in ("find_power_draft", "submit_power_draft", "discard_power_draft"):
        assert county.ask(step, {"power_id": CASH}, STRANGER)["code"] == "power.not_found"
    done = county.ask("publish_power_draft", {"power_id": CASH, "seen_version": seen}, OTHER)
    assert (done["state"], done["number"]) == ("published", 1)
    told = county.ask("find_power", {"power_id": CASH})
    assert [one["text"] for one in told["content"]["steps"]][:2] == ["提取公积公益金", "按份额分配"]
    assert {one["field"]: one["source"] for one in told["content"]["sources"]}["dos"] == ""
    (event,) = county.database.powers.find_one({"_id": CASH})["outbox"]
    assert event["type"] == "xiangzhi.integrity.power.published.v1" and event["data"]["number"] == 1
    assert load(county.database)["unchanged"] == 57


def test_a_repeated_publication_gets_the_first_answer(county):
    seen, key = handed_in(county)["version"], secrets.token_urlsafe(24)
    asked = {"power_id": CASH, "seen_version": seen}
    first = county.ask("publish_power_draft", asked, OTHER, key)
    assert county.ask("publish_power_draft", asked, OTHER, key) == first and first["number"] == 1


def test_of_many_who_publish_at_once_one_does(county):
    seen, gate = handed_in(county)["version"], Barrier(6)

    def publish(number):
        gate.wait(30)
        by = officer(f"reviewer-{number}")
        return county.ask("publish_power_draft", {"power_id": CASH, "seen_version": seen}, by)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(publish, range(6)))
    assert [one.get("number") for one in answers].count(1) == 1
    refused = {one["code"] for one in answers if "code" in one}
    assert refused <= {"power.changed_meanwhile", "power.changed_since_seen"}
    assert county.database.powers.find_one({"_id": CASH})["number"] == 1


def test_an_old_version_stays_readable_and_says_what_became_another(county):
    published(county)
    published(county, who="成员代表大会", steps=[{"text": "开会决定", "when": "提前10天通知"}])
    old = county.ask("find_power_version", {"power_id": CASH, "number": 1})
    new = county.ask("find_power_version", {"power_id": CASH, "number": 2})
    assert old["content"]["who"] == "成员大会" and old["until"] == new["since"] and new["until"] is None
    changed = county.ask("compare_power_version", {"power_id": CASH, "number": 2})
    assert {one["field"] for one in changed["items"]} >= {"who", "steps"} and changed["against"] == 1
    assert (
        county.ask("find_power_version", {"power_id": CASH, "number": 3})["code"] == "power.version_not_found"
    )


def test_what_is_withdrawn_says_why_and_is_found_no_more(county):
    published(county)
    told = county.ask("withdraw_power", {"power_id": CASH, "reason": "法律改了。"}, WRITER)
    assert told["state"] == "withdrawn"
    assert county.ask("list_powers", {"text": "分红"})["items"] == []
    assert names(county.ask("list_powers", {"state": "withdrawn"})) == ["收益分配"]
    assert county.ask("find_power", {"power_id": CASH})["withdrawn"] == "法律改了。"
    assert county.ask("find_power_version", {"power_id": CASH, "number": 1})["until"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("分红", "收益分配"),
        ("分钱", "收益分配"),
        ("fenhong", "收益分配"),
        ("村上盖章", "使用和保管村委会印章"),
    ],
)
def test_people_find_by_what_they_say(county, said, meant):
    published(county)
    published(county, SEAL)
    assert names(county.ask("list_powers", {"text": said}))[0] == meant


def test_a_search_narrows_by_group_and_of_nothing_but_signs_is_refused(county):
    published(county)
    assert names(county.ask("list_powers", {"text": "分红", "group": "money"})) == ["收益分配"]
    assert county.ask("list_powers", {"text": "分红", "group": "land"})["items"] == []
    assert county.ask("list_powers", {"text": "？"})["code"] == "power.search_without_words"


def test_what_was_looked_for_in_vain_is_counted_by_days_and_says_nobody(county):
    published(county)
    county.ask("list_powers", {"text": "祠堂翻修"}, officer("who-asks"))
    (kept,) = county.database.vain_searches.find()
    assert kept["words"] == "祠堂翻修" and kept["region"] == COUNTY and "who-asks" not in str(kept)
    assert county.ask("list_vain_power_searches", {}, WRITER)["items"] == []
    county.database.vain_searches.update_one({}, {"$set": {"count": 3, "listed": True}})
    assert [one["words"] for one in county.ask("list_vain_power_searches", {}, WRITER)["items"]] == [
        "祠堂翻修"
    ]
    assert county.ask("list_vain_power_searches", {}, STRANGER)["items"] == []


def test_the_county_names_categories_and_matters_and_only_those_that_there_are(county):
    wrong = {"power_id": CASH, "categories": ["农村农业/没有这一类"]}
    assert county.ask("write_power_draft", wrong, WRITER)["code"] == "category.unknown"
    full = "农村农业/村务管理/集体资产管理"
    published(county, categories=[full], matters=["m1"])
    assert names(county.ask("list_powers_of_category", {"category": full})) == ["收益分配"]
    assert names(county.ask("list_powers_of_matter", {"matter_id": "m1"})) == ["收益分配"]
    assert county.ask("list_powers_of_matter", {"matter_id": "m2"})["items"] == []


def test_a_new_power_begins_as_a_draft_and_no_two_have_one_name(county):
    begun = county.ask("begin_power", {"name": "管理村级公墓", "group": "other"}, WRITER)
    assert begun["state"] == "unpublished"
    again = county.ask("begin_power", {"name": "收益分配", "group": "money"}, WRITER)
    assert again["code"] == "power.name_taken"
    assert (
        county.ask("submit_power_draft", {"power_id": begun["id"]}, WRITER)["code"] == "power.without_steps"
    )
    gone = county.ask("discard_power_draft", {"power_id": begun["id"]}, WRITER)
    assert gone["state"] == "unpublished"
    aside = county.ask("list_power_drafts", {"state": "set_aside"}, OTHER)
    assert names(aside) == ["管理村级公墓"]


def test_a_case_without_an_address_or_of_a_day_to_come_is_refused(county):
    case = {"title": "案例", "source": "县纪委监委", "address": "没有网址", "published_on": "2026-01-01"}
    refused = county.ask("write_power_draft", {"power_id": CASH, "cases": [case]}, WRITER)
    assert "cases" in str(refused)
    later = {**case, "address": "https://example.org/1", "published_on": "2099-01-01"}
    refused = county.ask("write_power_draft", {"power_id": CASH, "cases": [later]}, WRITER)
    assert refused["code"] == "power.case_not_published_yet"
    kept = {**later, "published_on": "2026-01-01"}
    published(county, cases=[kept])
    told = county.ask("find_power", {"power_id": CASH})["content"]["cases"]
    assert told == [kept]


def test_what_has_to_be_reviewed_soonest_comes_first(county):
    published(county)
    published(county, SEAL, review_by="2027-06-01")
    found = county.ask("list_power_reviews", {}, WRITER)
    assert [one["id"] for one in found["items"]] == [SEAL, CASH]
    assert county.ask("list_power_reviews", {}, STRANGER)["items"] == []


def test_the_lists_neither_scan_the_collection_nor_sort(county):
    published(county)
    for door, data, by in (
        ("list_powers", {}, WRITER),
        ("list_powers", {"group": "money"}, WRITER),
        ("list_powers_of_category", {"category": "农村农业/村务管理/村务公开"}, WRITER),
        ("list_powers_of_matter", {"matter_id": "m1"}, WRITER),
        ("list_power_drafts", {"state": "drafting"}, WRITER),
        ("list_power_reviews", {}, WRITER),
    ):
        plan, sorts, _ = plan_of(county.database, "powers", lambda d=door, a=data, b=by: county.ask(d, a, b))
        assert plan.startswith("IXSCAN") and not sorts, (door, plan)
