"""What a version says, what the office must still say, how two differ, and who lets one take force."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.catalogue.content import Content, Law
from services.affairs.matters.catalogue.drafts import Draft
from services.affairs.matters.catalogue.versions import differences, told
from services.affairs.matters.catalogue.worded import in_words
from services.chassis.core.errors import Conflict, DomainError, Forbidden, NotFound, Rejected
from services.chassis.storage.document_encryption import plain
from tests.unit.affairs.matter_forms import allowance
from tests.unit.affairs.shipped_matters import shipped_matters

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture(scope="module")
def shipped():
    """The 169 as they are shipped, by name."""
    return shipped_matters()


def refused(kind, act, *args):
    with pytest.raises(kind) as refusal:
        act(*args)
    return refusal.value.code


def test_two_versions_differ_in_what_they_say_and_in_nothing_else(shipped):
    before = shipped["最低生活保障"]
    access = replace(before.content, access=replace(before.content.access, levels=["county"]))
    after = replace(before, promise_days=7, content=access)
    found = {one["field"]: (one["before"], one["after"]) for one in differences(told(before), told(after))}
    assert found == {"promise_days": ("10", "7"), "levels": ("镇级", "县级")}
    assert differences(told(before), told(before)) == []


FORM = allowance()
IN_WORDS = [
    (
        "materials",
        [{"name": "身份证", "note": "原件", "trust": "C"}, {"name": "照片"}],
        "身份证，原件，可信等级 C\n照片",
    ),
    ("visitors", False, "否"),
    ("elsewhere", "", ""),
    ("assurance", None, ""),
    ("assurance", 0, "0"),
    ("channels", ["online", "window"], "网上办\n窗口"),
    ("in_person", "appointment", "预约后本人到场"),
    ("days_unit", "calendar", "自然日"),
    ("files_kept_years", 0, "和案件一起保存"),
    ("files_kept_years", 3, "3 年"),
    (
        "rules",
        [
            {
                "what": "term",
                "days": 20,
                "unit": "working",
                "text": "二十日内",
                "law": "某法",
                "article": "第三条",
            }
        ],
        "时限，20 个工作日，二十日内，某法，第三条",
    ),
    (
        "rules",
        [{"what": "notice", "days": None, "unit": "working", "text": "告知", "law": "某法", "article": ""}],
        "告知，告知，某法",
    ),
    ("fee", {"charged": True, "amount_fen": 1250, "basis": "某文件"}, "收费，12.50 元，某文件"),
    ("fee", {"charged": False, "amount_fen": None, "basis": ""}, "不收费"),
    ("fee", {"charged": None, "amount_fen": None, "basis": ""}, ""),
    (
        "sources",
        [{"field": "fee", "name": "收费", "source": "某文件"}, {"field": "x", "name": "y", "source": ""}],
        "收费：某文件",
    ),
]


@pytest.mark.parametrize(("field", "value", "said"), IN_WORDS)
def test_a_field_is_told_in_words_and_in_no_code(field, value, said):
    assert in_words(field, value) == said


def test_forms_are_compared_by_their_questions(shipped):
    before = replace(shipped["临时救助"], form=FORM)
    [one] = differences(told(replace(before, form=None)), told(before))
    assert one["field"] == "form" and "：" in one["after"] and "properties" not in one["after"]
    stricter = {**FORM, "description": "另一种说明"}
    [one] = differences(told(before), told(replace(before, form=stricter)))
    assert "填写要求有改动" in one["after"]


def test_a_withdrawn_matter_says_why_since_when_and_where_to_go_until_it_opens_again(shipped):
    matter = replace(shipped["临时救助"])
    matter.withdraw("名额已满。", NOW, "请到县民政局二楼。")
    assert (matter.state, matter.withdrawn_at, matter.withdrawn_to) == ("closed", NOW, "请到县民政局二楼。")
    matter.change({"state": "open"}, NOW)
    assert (matter.withdrawn, matter.withdrawn_at, matter.withdrawn_to) == ("", None, "")
    matter.change({"state": "closed"}, NOW)
    assert matter.withdrawn_at == NOW


def drafted(shipped, by="one", **changes):
    matter = replace(shipped["临时救助"])
    matter.write_draft(changes or {"promise_days": 5}, "为了快", by, NOW)
    return matter


def test_another_person_reviews_and_then_the_version_takes_force(shipped):
    matter = drafted(shipped)
    matter.draft = matter.draft.handed_in()
    assert refused(Forbidden, matter.draft.approve, "one", NOW, NOW) == "matter.own_draft"
    matter.draft = matter.draft.approve("two", NOW, NOW)
    [(event, data)] = matter.publish(NOW)
    assert (event, data["number"]) == ("matter.revised", 2)
    assert (matter.number, matter.promise_days, matter.draft, matter.since) == (2, 5, None, NOW)
    assert matter.confirmed and not shipped["临时救助"].confirmed


def test_who_wrote_any_of_it_does_not_review_it_even_if_another_wrote_last(shipped):
    matter = drafted(shipped)
    matter.write_draft({"visitors": True}, "", "two", NOW)
    matter.draft = matter.draft.handed_in()
    assert matter.draft.changes == {"promise_days": 5, "visitors": True}
    assert refused(Forbidden, matter.draft.approve, "one", NOW, NOW) == "matter.own_draft"
    assert refused(Forbidden, matter.draft.give_back, "two", "改") == "matter.own_draft"
    assert matter.draft.give_back("three", "请写依据").returned == "请写依据"


def test_what_was_approved_and_written_again_is_reviewed_again(shipped):
    matter = drafted(shipped)
    matter.draft = matter.draft.handed_in().approve("two", LATER, NOW)
    matter.write_draft({"promise_days": 4}, "", "two", NOW)
    assert (matter.draft.state, matter.due) == ("drafting", None)
    assert refused(Conflict, matter.publish, NOW) == "matter.draft_step_does_not_fit"


def test_a_step_has_its_state_and_a_day_in_the_past_is_none(shipped):
    draft = drafted(shipped).draft
    assert refused(Conflict, draft.approve, "two", NOW, NOW) == "matter.draft_step_does_not_fit"
    assert refused(Conflict, draft.handed_in().handed_in) == "matter.draft_step_does_not_fit"
    past = refused(Rejected, draft.handed_in().approve, "two", NOW - timedelta(days=1), NOW)
    assert past == "matter.publication_in_the_past"


def test_a_draft_from_an_older_version_publishes_nothing(shipped):
    matter = drafted(shipped)
    matter.draft = matter.draft.handed_in().approve("two", LATER, NOW)
    matter.due = LATER
    matter.change({"promise_days": 9}, NOW)
    assert (matter.due, matter.draft.state) == (None, "drafting")
    assert refused(Conflict, matter.publish, LATER) == "matter.draft_step_does_not_fit"
    assert refused(Conflict, matter.hand_in) == "matter.draft_outdated"
    assert refused(Conflict, matter.write_draft, {}, "", "one", NOW) == "matter.draft_outdated"


def test_a_draft_that_breaks_a_rule_is_not_written_down(shipped):
    matter = replace(shipped["临时救助"])
    with pytest.raises(DomainError) as refusal:
        matter.write_draft({"promise_days": 60}, "", "one", NOW)
    assert refusal.value.code == "matter.promise_beyond_law" and matter.draft is None
    assert refused(NotFound, matter.would_be) == "matter.no_draft"


def test_a_withdrawn_matter_says_why_and_opens_again(shipped):
    matter = replace(shipped["临时救助"])
    [(event, data)] = matter.withdraw("名额已满。", NOW)
    assert (event, data["state"], matter.withdrawn) == ("matter.withdrawn", "closed", "名额已满。")
    assert refused(Conflict, matter.withdraw, "再", NOW) == "matter.closed_already"
    matter.change({"state": "open"}, NOW)
    assert (matter.state, matter.withdrawn, matter.number) == ("open", "", 1)


def test_values_are_the_same_after_they_were_stored():
    content = Content(Law("行政许可法", [{"law": "a", "article": "b"}]), sources={"name": "s"})
    assert Content.of(plain(content)) == content
    assert Content.of(None) == Content()
    assert Draft({}, "o", NOW, 1).authors == []
