"""The real catalogue: loaded, found, listed and changed, on a real MongoDB."""

import shutil

import pytest

from services.affairs.matters.catalogue import contract, usecases, views
from services.affairs.matters.catalogue.finder import Finder
from services.affairs.matters.catalogue.source import DATA, matter_id
from services.affairs.matters.catalogue.vain import VainSearches
from services.affairs.matters.catalogue.versions import VersionStore
from services.chassis.core.calls import Call
from services.chassis.core.errors import Conflict, Forbidden, Invalid, NotFound
from services.chassis.core.scope import scope_filter
from services.civic.actor import ANONYMOUS
from tests.integration.affairs.conftest import loaded


def asked(**query):
    return Call(contract.ListMatters().load(query), ANONYMOUS)


def found_in(matters, call):
    return views.listed(matters, Finder(matters), VainSearches(matters.database), call)


def names(found):
    return [matter.name for matter in found["items"]]


def test_all_matters_load_once_and_a_second_load_changes_nothing(database):
    first = loaded(database)
    assert first.counts == {"new": 1152, "changed": 0, "unchanged": 0, "refused": 0}
    assert first.refusals == []
    before = list(database["matters"].find({}))
    assert loaded(database).counts == {"new": 0, "changed": 0, "unchanged": 1152, "refused": 0}
    assert list(database["matters"].find({})) == before
    assert sum(len(matter["outbox"]) for matter in before) == 1152
    assert {matter["outbox"][0]["type"] for matter in before} == {"xiangzhi.affairs.matter.published.v1"}
    assert {matter["outbox"][0]["region"] for matter in before} == {"510183"}


def test_the_old_age_allowance_is_found_with_its_materials(catalogue):
    found = found_in(catalogue, asked(text="高龄津贴"))
    assert names(found) == ["80周岁以上老年人高龄津贴发放"]
    materials = [material["name"] for material in found["items"][0].materials]
    assert materials == ["居民身份证", "居民户口簿", "本人社会保障卡或银行卡", "近期免冠照片"]
    ordinary = found_in(catalogue, asked(text="养蜂证申领"))["items"][0]
    assert [material["name"] for material in ordinary.materials] == ["居民身份证"]


def test_a_list_says_what_is_by_appointment_only_and_in_which_days_it_counts_as_the_matter_does(catalogue):
    special = catalogue.documents.find(
        {"$or": [{"content.access.in_person": "appointment"}, {"content.days_unit": {"$ne": "working"}}]}
    )
    alone = {one["name"]: catalogue.get(one["_id"]) for one in special}
    assert any(one.only_by_appointment for one in alone.values())
    for name, whole in alone.items():
        [row] = [
            one for one in found_in(catalogue, asked(text=name, limit=50))["items"] if one.id == whole.id
        ]
        told = row.only_by_appointment, row.content.days_unit
        assert told == (whole.only_by_appointment, whole.content.days_unit), name


def test_the_closest_name_comes_first_and_the_office_is_searched_too(catalogue):
    assert names(found_in(catalogue, asked(text="最低生活保障")))[0] == "最低生活保障"
    found = found_in(catalogue, asked(text="残联 补办"))
    assert names(found) == ["残疾人证挂失补办"]
    first, *_ = names(found_in(catalogue, asked(text="残疾人", limit=20)))
    assert first.startswith("残疾人")
    for text in ("许可", "登记"):
        found = found_in(catalogue, asked(text=text, limit=50))["items"]
        assert found[0].life_event and not found[-1].life_event


def test_a_search_leads_through_all_its_pages_without_repeats(catalogue):
    seen, cursor = [], None
    for _ in range(100):
        found = found_in(catalogue, asked(text="登记", limit=7, cursor=cursor))
        seen += [matter.id for matter in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    truly = catalogue.documents.count_documents({"plain": {"$regex": "登记"}})
    assert len(seen) == len(set(seen)) == truly > 50


@pytest.mark.parametrize("text", ["广播电视", "客运输", "定点医疗", "津贴 民政局", "市公安局 登记"])
def test_every_word_stands_in_what_is_found_and_all_of_it_is_found(catalogue, text):
    wanted = {
        one["_id"]
        for one in catalogue.documents.find({"state": "open"})
        if all(any(word in part for part in one["plain"]) for word in text.split())
    }
    seen, cursor = [], None
    for _ in range(len(wanted) + 1):
        found = found_in(catalogue, asked(text=text, limit=2, cursor=cursor))
        seen += [matter.id for matter in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert cursor is None and set(seen) == wanted and len(seen) == len(wanted) > 0


def test_nothing_is_found_for_words_that_no_matter_has_and_marks_alone_are_refused(catalogue):
    assert found_in(catalogue, asked(text="火星移民")) == {"items": [], "next": None}
    with pytest.raises(Invalid) as refused:
        found_in(catalogue, asked(text="（？）"))
    assert refused.value.code == "matter.search_without_words"


@pytest.mark.parametrize(
    "query",
    [
        {"text": "高龄津贴"},
        {"text": "登"},
        {"text": "公安局 登记 户"},
        {"text": "登记", "limit": 5},
        {"text": "登记", "office": "邛崃市公安局", "kind": "7"},
        {},
        {"office": "邛崃市民政局"},
        {"kind": "1"},
        {"office": "邛崃市民政局", "kind": "20"},
        {"state": "closed"},
    ],
)
def test_every_list_and_search_goes_by_an_index_and_sorts_nothing(catalogue, plans, query):
    def every_page():
        first = found_in(catalogue, asked(**query))
        if first["next"]:
            found_in(catalogue, asked(**query, cursor=first["next"]))

    seen = plans(catalogue.documents, every_page)
    assert seen
    for plan in seen:
        assert "IXSCAN" in plan["planSummary"] and "COLLSCAN" not in plan["planSummary"], plan
        assert not plan.get("hasSortStage"), plan
        if "text" not in query:
            assert plan["docsExamined"] <= plan["nreturned"] + 1, plan


def test_lists_by_office_and_kind_hold_only_these(catalogue):
    found = found_in(catalogue, asked(office="邛崃市民政局", kind="20", limit=100))
    assert {(m.office, m.kind) for m in found["items"]} == {("邛崃市民政局", "20")}
    assert names(found) == sorted(names(found))


def test_refused_rows_are_reported_with_line_and_reason_and_stop_nothing(affairs, database, tmp_path):
    lines = (DATA / "guangan_qu_511602_matters.csv").read_text(encoding="utf-8").splitlines()
    nameless = lines[3].split(",")
    nameless[2] = ""
    source = [*lines[:3], lines[1], ",".join(nameless), lines[4]]
    (tmp_path / "guangan_qu_511602_matters.csv").write_text("\n".join(source), encoding="utf-8")
    stray = "item_code,matter,material,note\nX-1,没有,身份证,\n"
    (tmp_path / "materials.csv").write_text(stray, encoding="utf-8")
    report = loaded(database, tmp_path)
    assert report.counts == {"new": 3, "changed": 0, "unchanged": 0, "refused": 3}
    twice, empty, stray = report.refusals
    assert twice.startswith("guangan_qu_511602_matters.csv:4: ") and "line 2 already" in twice
    assert empty == "guangan_qu_511602_matters.csv:5: name is empty"
    assert stray == "materials.csv:2: no matter has the item_code X-1"


SHOP, SOCIETY = "个体工商户设立登记", "农民专业合作社（联合社）设立登记"


def test_a_list_that_says_more_is_taken_over_where_no_office_said_anything(affairs, database):
    loaded(database)
    as_before = {"statutory_days": 20, "promise_days": 10, "form": None, "with_form": False, "content": {}}
    shops = affairs.matters.documents
    shops.update_one({"name": SHOP}, {"$set": as_before, "$unset": {"confirmed": 1}})
    own = {"statutory_days": 20, "promise_days": 10, "form": None, "with_form": False, "untouched": False}
    shops.update_one({"name": SOCIETY}, {"$set": own, "$unset": {"confirmed": 1}})
    assert loaded(database).counts["changed"] == 1
    shop, society = (
        affairs.matters.from_document(shops.find_one({"name": name})) for name in (SHOP, SOCIETY)
    )
    assert (shop.statutory_days, shop.promise_days, shop.with_form, shop.confirmed) == (3, 3, True, False)
    assert (society.statutory_days, society.promise_days, society.form, society.confirmed) == (
        20,
        10,
        None,
        True,
    )


def test_the_api_says_of_each_field_its_law_or_that_the_office_must_say(catalogue):
    shop = catalogue.documents.find_one({"name": SHOP})["_id"]
    call = Call({"matter_id": shop, "number": 1}, ANONYMOUS)
    told = contract.MatterVersion().dump(views.version(catalogue, VersionStore(catalogue.database), call))
    said = {one["field"]: (one["source"], one["note"]) for one in told["content"]["sources"]}
    assert said["statutory_days"] == ("市场主体登记管理条例 第十九条", "")
    assert said["promise_days"] == ("", "由办理单位确认")
    assert all(bool(source) != bool(note) for source, note in said.values())
    assert contract.Matter().dump(catalogue.get(shop))["confirmed"] is False
    asked = views.form(catalogue, Call({"matter_id": shop}, ANONYMOUS))["form"]["properties"]
    assert "市场主体登记管理条例实施细则 第六条" in asked["page_1"]["properties"]["scope"]["description"]


def test_a_renamed_matter_is_renamed_and_what_the_office_set_itself_stays(affairs, database, tmp_path):
    lines = (DATA / "guangan_qu_511602_matters.csv").read_text(encoding="utf-8").splitlines()
    [allowance] = [line for line in lines if "高龄津贴" in line]
    source = tmp_path / "guangan_qu_511602_matters.csv"
    source.write_text(f"{lines[0]}\n{allowance}", encoding="utf-8")
    shutil.copy(DATA / "materials.csv", tmp_path)
    loaded(database, tmp_path)
    id = matter_id(allowance.split(",")[4])
    own = {"promise_days": 3, "materials": [{"name": "居民户口簿", "note": ""}]}
    change = affairs.call(affairs.clerk, matter_id=id, **own)
    usecases.change(affairs.matters, affairs.versions, scope_filter(affairs.clerk, "clerk"), change)
    source.write_text(source.read_text(encoding="utf-8").replace("80周岁以上老年人", ""), encoding="utf-8")
    assert loaded(database, tmp_path).counts["changed"] == 1
    renamed = affairs.matters.get(id)
    assert (renamed.name, renamed.promise_days) == ("高龄津贴发放", 3)
    assert renamed.materials == own["materials"]


@pytest.mark.parametrize("role", ["clerk", "county_administrator"])
def test_the_county_changes_a_matter_and_a_closed_one_leaves_the_list(affairs, role):
    editor = affairs.official(role, "510183")
    scope = scope_filter(editor, "clerk", "county_administrator")
    usecases.change(
        affairs.matters, affairs.versions, scope, affairs.call(editor, matter_id="m1", state="closed")
    )
    assert names(found_in(affairs.matters, asked(text="高龄津贴"))) == []
    assert names(found_in(affairs.matters, asked(text="高龄津贴", state="closed")))
    outbox = affairs.matters.documents.find_one({"_id": "m1"})["outbox"]
    assert outbox[-1]["type"] == "xiangzhi.affairs.matter.changed.v1"
    assert outbox[-1]["data"] == {"matter_id": "m1", "state": "closed", "number": 1}


def test_a_village_clerk_does_not_change_the_countys_catalogue(affairs):
    clerk = affairs.official("clerk", "510183103204")
    scope = scope_filter(clerk, "clerk", "county_administrator")
    with pytest.raises(Forbidden) as refused:
        usecases.change(
            affairs.matters, affairs.versions, scope, affairs.call(clerk, matter_id="m1", promise_days=1)
        )
    assert refused.value.code == "matter.of_another_office"
    with pytest.raises(NotFound):
        usecases.change(
            affairs.matters, affairs.versions, scope, affairs.call(clerk, matter_id="none", promise_days=1)
        )
    assert affairs.matters.get("m1").promise_days == 10


def test_a_clerk_who_saw_a_matter_before_it_was_changed_overwrites_nothing(affairs):
    clerk, seen = affairs.official("clerk", "510183"), affairs.matters.get("m1").version
    scope = scope_filter(clerk, "clerk", "county_administrator")

    def change(**asked):
        asked = contract.ChangeMatter().load({"matter_id": "m1", "seen_version": seen, **asked})
        return usecases.change(affairs.matters, affairs.versions, scope, affairs.call(clerk, **asked))

    changed = change(promise_days=4)
    assert contract.Matter().dump(changed)["version"] == seen + 1
    with pytest.raises(Conflict) as refused:
        change(promise_days=5)
    assert (refused.value.code, refused.value.detail) == ("matter.changed_since_seen", {"version": seen + 1})
    assert affairs.matters.get("m1").promise_days == 4
