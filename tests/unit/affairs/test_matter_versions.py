"""What a version says, what the office must still say, how two differ, and who lets one take force."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.catalogue.content import FIELDS, AccessTerms, Content, Law
from services.affairs.matters.catalogue.drafts import Draft
from services.affairs.matters.catalogue.shipped import complete, elsewhere
from services.affairs.matters.catalogue.source import DATA, MATTERS, rows, to_matter
from services.affairs.matters.catalogue.versions import as_text, differences, told
from services.affairs.matters.catalogue.vocabulary import keywords, top
from services.chassis.core.errors import Conflict, DomainError, Forbidden, NotFound, Rejected
from services.chassis.storage.document_encryption import plain

NOW = datetime(2026, 12, 1, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


@pytest.fixture(scope="module")
def shipped():
    """The 169 as they are shipped, by name."""
    made = {}
    for row in rows(MATTERS):
        if row.values["item_code"] in top():
            matter = to_matter(row.values, NOW)
            complete(matter)
            made[matter.name] = matter
    return made


def refused(kind, act, *args):
    with pytest.raises(kind) as refusal:
        act(*args)
    return refusal.value.code


def test_each_field_of_the_169_has_a_source_or_the_office_must_say_it(shipped):
    sourced = sum(len(FIELDS) - len(one.content.unsaid) for one in shipped.values())
    unsaid = sum(len(one.content.unsaid) for one in shipped.values())
    print(f"{len(shipped)} matters, {sourced} fields with a source, {unsaid} that the office must say")
    assert len(shipped) == 169 and sourced + unsaid == 169 * len(FIELDS)
    assert sourced >= 520
    for one in shipped.values():
        assert all(source.strip() for source in one.content.sources.values())
        assert set(one.content.sources) <= set(FIELDS)


def test_nothing_is_filled_in_without_a_source(shipped):
    for one in shipped.values():
        said, content = one.content.sources, one.content
        assert ("rules" in said) == bool(content.law.rules) == bool(content.law.governs), one.name
        assert ("steps" in said) == bool(content.course.steps), one.name
        assert ("in_person" in said) == bool(content.access.in_person), one.name
        assert not content.course.questions and not content.course.result and content.fee.charged is None
        assert not any("http" in each["text"] for each in content.course.steps)


def test_the_licensing_law_governs_the_23_licences_and_nothing_else(shipped):
    governed = {one.name for one in shipped.values() if one.content.law.governs == "行政许可法"}
    licences = {one.name for one in shipped.values() if one.kind == "1"}
    assert governed == licences and len(licences) == 23
    for name in licences:
        assert (shipped[name].statutory_days, shipped[name].content.days_unit) == (20, "working")


@pytest.mark.parametrize(
    ("name", "days", "unit"),
    [
        ("城乡居民基本养老保险参保登记", 10, "working"),
        ("城乡居民基本养老保险待遇申领", 20, "working"),
        ("住院费用报销", 30, "working"),
        ("生育津贴支付", 10, "working"),
        ("失业保险金申领", 10, "working"),
        ("居住证办理", 15, "calendar"),
    ],
)
def test_terms_that_a_law_sets_are_those_of_the_matter(shipped, name, days, unit):
    one = shipped[name]
    assert (one.statutory_days, one.content.days_unit) == (days, unit)
    assert one.promise_days <= one.statutory_days and "statutory_days" in one.content.sources


def test_marriage_and_adoption_are_by_appointment_only(shipped):
    alone = {one.name for one in shipped.values() if one.only_by_appointment}
    assert alone == {"中国内地公民婚姻登记", "中国公民收养子女登记"}


def test_every_one_of_the_169_has_keywords_and_an_event_of_life(shipped):
    assert set(keywords()) == set(top())
    assert all(one.life_event for one in shipped.values())


def test_what_the_list_lacks_says_where_it_is_done_and_by_which_law():
    made = elsewhere(DATA, NOW)
    assert len(made) == 10
    for one in made:
        assert one.elsewhere and one.spoken and one.content.law.grounds[0]["law"], one.name


def test_two_versions_differ_in_what_they_say_and_in_nothing_else(shipped):
    before = shipped["最低生活保障"]
    access = replace(before.content, access=AccessTerms(levels=["town"]))
    after = replace(before, promise_days=7, content=access)
    found = {one["field"]: (one["before"], one["after"]) for one in differences(told(before), told(after))}
    assert found == {"promise_days": ("10", "7"), "levels": ("", "town")}
    assert differences(told(before), told(before)) == []


def test_a_list_is_read_line_by_line():
    assert as_text([{"name": "身份证", "note": "原件"}, {"name": "照片", "note": ""}]) == "身份证，原件\n照片"
    assert (as_text(None), as_text(False), as_text(True)) == ("", "否", "是")


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
