"""The powers of a village: two people see each version, nothing is published without steps, law and a day of review; what is shipped."""

from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.catalogue import source as matters
from services.chassis.core.errors import Conflict, DomainError, Forbidden, NotFound, Rejected
from services.integrity.openness.powers import shipped
from services.integrity.openness.powers.content import (
    CONFIRMED,
    FIELDS,
    PUBLISHED,
    WAITS,
    PowerContent,
    differences,
)
from services.integrity.openness.powers.model import Power, PowerDraft
from services.integrity.reports.categories import loader as taxonomy

NOW = datetime(2026, 12, 2, 2, tzinfo=UTC)
SOON = "2027-12-01"
STEP = {"text": "开会讨论", "who": "", "when": "", "paper": "", "law": ""}
LAW = {"law": "村民委员会组织法(2018)", "article": "第24条"}
CASE = {
    "title": "案例",
    "source": "县纪委监委",
    "address": "https://example.org/1",
    "published_on": "2026-11-01",
}
WHOLE = {"who": "村民会议", "steps": [STEP], "laws": [LAW], "review_by": SOON}


def drafted(**changes) -> Power:
    draft = PowerDraft(
        PowerContent("收益分配", "money", **{**WHOLE, **changes}), "writer", NOW, authors=["writer"]
    )
    return Power("p1", "510183", draft=draft)


def published(**changes) -> Power:
    power = drafted(**changes)
    power.hand_in("writer", NOW)
    power.publish("other", NOW)
    return power


def test_a_draft_is_written_by_one_and_published_by_another():
    power = drafted()
    with pytest.raises(Conflict, match="这一步"):
        power.publish("other", NOW)
    power.hand_in("writer", NOW)
    with pytest.raises(Forbidden, match="另一位"):
        power.publish("writer", NOW)
    assert power.publish("other", NOW) == [
        ("power.published", {"power_id": "p1", "state": "published", "number": 1})
    ]
    assert (power.published_by, power.drafted_by, power.draft) == ("other", ["writer"], None)


def test_who_hands_in_what_the_project_ships_stands_for_it():
    power = Power("p1", "510183", draft=PowerDraft(PowerContent("收益分配", **WHOLE), "system", NOW))
    power.hand_in("first", NOW)
    for act in (lambda: power.publish("first", NOW), lambda: power.give_back("first", "再看看")):
        with pytest.raises(Forbidden):
            act()
    power.give_back("second", "写明哪一条")
    assert (power.draft.state, power.draft.returned) == ("drafting", "写明哪一条")


def test_writing_again_takes_a_draft_back_from_review_and_names_both_authors():
    power = drafted()
    power.hand_in("writer", NOW)
    power.write({"who": "成员大会"}, "", "third", NOW)
    assert power.draft.state == "drafting" and power.draft.authors == ["writer", "third"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"steps": []}, "power.without_steps"),
        ({"who": ""}, "power.without_steps"),
        ({"laws": []}, "power.without_law"),
        ({"laws": [{"law": "某法", "article": ""}]}, "power.without_law"),
        ({"review_by": ""}, "power.review_day_needed"),
        ({"review_by": "2026-12-02"}, "power.review_day_needed"),
        ({"review_by": "2030-12-02"}, "power.review_day_needed"),
        ({"cases": [{**CASE, "published_on": "2026-12-03"}]}, "power.case_not_published_yet"),
    ],
)
def test_what_is_not_whole_is_not_handed_in(changed, code):
    with pytest.raises(Rejected) as refused:
        drafted(**changed).hand_in("writer", NOW)
    assert refused.value.code == code


@pytest.mark.parametrize("day", ["2026-12-03", "2029-12-02"])
def test_a_day_of_review_after_today_and_within_three_years_will_do(day):
    power = drafted(review_by=day)
    power.hand_in("writer", NOW)
    with pytest.raises(Rejected):  # it may have passed while the draft waited
        power.publish("other", NOW + timedelta(days=2000))


def test_the_county_is_the_source_of_what_it_says_itself_and_confirms_the_rest():
    power = drafted(
        sources={"steps": f"某法第1条（{WAITS}）", "papers": f"建议，{WAITS}"}, papers=["会议记录"]
    )
    power.write({"papers": ["签到册"]}, "", "writer", NOW)
    power.hand_in("writer", NOW)
    power.publish("other", NOW)
    assert power.content.sources["steps"] == f"某法第1条（{CONFIRMED}）"
    assert power.content.sources["papers"] == PUBLISHED
    assert {"dos", "donts", "cases"} <= set(power.content.unsaid)


def test_a_withdrawn_power_says_why_and_a_new_version_puts_it_in_force_again():
    power = published()
    told = power.withdraw("法律改了。", NOW)
    assert told == [("power.withdrawn", {"power_id": "p1", "state": "withdrawn", "number": 1})]
    with pytest.raises(Conflict):
        power.withdraw("再停一次", NOW)
    power.write({"who": "成员大会"}, "", "writer", NOW)
    power.hand_in("writer", NOW)
    power.publish("other", NOW)
    assert (power.state, power.number, power.withdrawn, power.withdrawn_at) == ("published", 2, "", None)


def test_what_was_never_published_is_set_aside_and_can_be_taken_up_again():
    power = drafted()
    power.discard(NOW)
    assert power.draft.state == "set_aside" and power.name == "收益分配"
    with pytest.raises(Conflict):
        power.hand_in("writer", NOW)
    with pytest.raises(Conflict):
        power.withdraw("不要了", NOW)
    power.write({}, "", "third", NOW)
    assert power.draft.state == "drafting"
    power = published()
    power.write({"who": "成员大会"}, "", "writer", NOW)
    power.discard(NOW)
    assert power.draft is None and power.who == "村民会议"
    with pytest.raises(NotFound):
        power.discard(NOW)


def test_two_versions_differ_in_words():
    before = PowerContent("收益分配", "money", steps=[STEP])
    after = PowerContent("收益分配", "assets", steps=[{**STEP, "when": "提前10天"}])
    assert [(one["field"], one["before"], one["after"]) for one in differences(before, after)] == [
        ("group", "集体的钱", "集体的资产和合同"),
        ("steps", "开会讨论", "开会讨论，提前10天"),
    ]
    assert differences(before, before) == []


def test_a_shipped_row_replaces_its_draft_until_somebody_of_the_county_has_touched_it():
    power = Power("p1", "510183", draft=PowerDraft(PowerContent("收益分配"), "system", NOW))
    assert power.ship(PowerContent("收益分配", "money"), "system", NOW)
    assert not power.ship(PowerContent("收益分配", "money"), "system", NOW)
    handed = Power("p1", "510183", draft=PowerDraft(PowerContent("收益分配", **WHOLE), "system", NOW))
    handed.hand_in("first", NOW)
    assert not handed.ship(PowerContent("收益分配", "money"), "system", NOW)
    power.write({"who": "成员大会"}, "", "writer", NOW)
    assert not power.ship(PowerContent("收益分配"), "system", NOW) and power.draft.content.who == "成员大会"


# what is shipped


ROWS = [values for _, values in shipped.read(shipped.POWERS)]


def shipped_powers() -> list[Power]:
    arranged, links = shipped.arranged_by_name(), shipped.links_by_name()
    return [shipped.to_power(row, arranged, links, "510183", NOW) for row in ROWS]


def test_the_57_powers_are_drafts_that_invent_nothing():
    powers = shipped_powers()
    assert len({one.id for one in powers}) == 57
    for power, row in zip(powers, ROWS, strict=True):
        content = power.draft.content
        assert power.state == "unpublished" and power.number == 0 and power.draft.authors == []
        assert "→".join(step["text"] for step in content.steps) == row["steps"]
        assert all(not step[part] for step in content.steps for part in ("who", "when", "paper", "law"))
        assert "; ".join(content.papers) == row["papers"] and content.who == row["who"]
        assert content.dos == [] and content.cases == [] and content.review_by == ""
        assert all(one["text"] in row["steps"] and "不得" in one["text"] for one in content.donts)
        assert all(WAITS in source for source in content.sources.values())
        said = {name for name in FIELDS if getattr(content, name)}
        assert said == set(content.sources)


def test_a_shipped_power_cannot_be_published_before_the_county_has_said_when_it_looks_again():
    for power in shipped_powers():
        with pytest.raises(Rejected) as refused:
            power.hand_in("somebody", NOW)
        assert refused.value.code == "power.review_day_needed"
        power.write({"review_by": SOON}, "", "writer", NOW)
        power.hand_in("writer", NOW)


@pytest.mark.parametrize(
    ("text", "law", "article"),
    [
        ("村民委员会组织法(2018) 21,24(1)", "村民委员会组织法(2018)", "第21条、第24条第1项"),
        ("农村土地承包法(2018) 48-51", "农村土地承包法(2018)", "第48至51条"),
    ],
)
def test_articles_are_told_in_words(text, law, article):
    assert shipped.laws_of(text) == [{"law": law, "article": article}]


def test_an_article_that_nobody_can_read_is_refused():
    with pytest.raises(DomainError, match="看不懂"):
        shipped.laws_of("某法 第几条")


def test_what_one_may_not_do_is_a_clause_of_the_row_and_nothing_else():
    assert shipped.forbidden_in("招标(不得化整为零)") == ["不得化整为零"]
    assert shipped.forbidden_in("理事、财会人员及近亲属不得任监事") == ["理事、财会人员及近亲属不得任监事"]
    assert shipped.forbidden_in("开会讨论") == []


def test_every_arranged_name_and_every_link_is_one_that_there_is():
    names = {row["power"] for row in ROWS}
    assert set(shipped.arranged_by_name()) == names and set(shipped.links_by_name()) <= names
    with taxonomy.FILE.open(encoding="utf-8-sig") as file:
        leaves = {line.strip().replace(",", "/") for line in file}
    codes = {row.values["item_code"] for row in matters.rows(matters.MATTERS)}
    codes |= {row.values["code"] for row in matters.rows("elsewhere.csv")}
    for links in shipped.links_by_name().values():
        assert set(links.get("category", [])) <= leaves and set(links.get("matter", [])) <= codes
        assert all(shipped.matter_id(code) == matters.matter_id(code) for code in links.get("matter", []))
