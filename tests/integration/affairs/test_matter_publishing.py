"""Drafts, publication, withdrawal and former versions on a real MongoDB, with who comes first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from services.affairs.matters.applications import usecases as applying
from services.affairs.matters.catalogue import contract, drafting, usecases, views
from services.affairs.matters.catalogue.rpc import only_editors
from services.chassis.core.calls import Call
from services.chassis.core.errors import (
    AlreadyAnswered,
    Conflict,
    DomainError,
    Forbidden,
    NotFound,
    Rejected,
    VersionConflict,
)
from services.civic.actor import SYSTEM
from tests.integration.affairs.conftest import MONDAY
from tests.unit.affairs.matter_forms import allowance

ANSWER = contract.Matter()
SHAPES = {"write": contract.WriteDraft, "approve": contract.ApproveDraft, "give_back": contract.ReturnDraft}
CONTENT = {
    "governs": "社会救助暂行办法",
    "rules": [{"what": "term", "days": 20, "text": "二十日内办理。", "law": "社会救助暂行办法"}],
    "steps": [{"name": "申请", "text": "到镇上"}],
    "sources": [{"field": "rules", "source": "社会救助暂行办法 第十一条"}],
}


@pytest.fixture
def desk(affairs):
    """The steps of a draft, each by whom it is taken; `other` is another clerk of the county."""
    affairs.versions.create_indexes()

    class Desk:
        writer = affairs.official("clerk", "510183")
        other = affairs.official("county_administrator", "510183")

        def do(self, step, actor, key="", now=MONDAY, **asked):
            shape = SHAPES.get(step, contract.FindDraft)()
            if step == "approve":
                asked = {"seen_version": affairs.matters.get("m2").version, **asked}
            asked = shape.load({"matter_id": "m2", **asked})
            call = affairs.call(actor, key, now, ANSWER.dump, **asked)
            needed = [affairs.matters, only_editors(actor)]
            if step == "approve":
                needed.insert(1, affairs.versions)
            return getattr(drafting, step)(*needed, call)

        def handed_in(self, **changes):
            self.do("write", self.writer, **(changes or {"promise_days": 5}))
            return self.do("submit", self.writer)

        def version(self, number):
            call = Call({"matter_id": "m2", "number": number}, affairs.resident)
            return views.version(affairs.matters, affairs.versions, call)

        def compared(self, number, against=None):
            asked = {"matter_id": "m2", "number": number, "against": against}
            call = Call(asked, affairs.resident)
            found = views.compared(affairs.matters, affairs.versions, call)["items"]
            return {one["field"]: (one["before"], one["after"]) for one in found}

        def apply(self, matters=affairs.matters):
            asked = {
                "matter_id": "m2",
                "name": "王秀英",
                "phone": "13800000013",
                "materials": [],
                "answers": {},
            }
            return applying.apply_for_matter(
                affairs.applications,
                affairs.people,
                affairs.moves,
                matters,
                affairs.days,
                lambda person: None,
                affairs.call(affairs.resident, **asked),
            )

    return Desk()


def outcomes(*jobs):
    gate = Barrier(len(jobs))

    def run(job):
        gate.wait(30)
        try:
            job()
        except DomainError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_a_draft_that_another_approved_takes_force_and_the_former_version_stays(affairs, desk):
    desk.handed_in(promise_days=5, content=CONTENT)
    assert affairs.matters.get("m2").promise_days == 10
    published = desk.do("approve", desk.other)
    assert (published.number, published.promise_days, published.draft) == (2, 5, None)
    assert (desk.version(1)["promise_days"], desk.version(2)["promise_days"]) == (10, 5)
    assert desk.version(1)["until"] == desk.version(2)["since"] == MONDAY
    answer = contract.MatterVersion().dump(desk.version(2))
    assert answer["content"]["rules"][0]["text"] == "二十日内办理。"
    assert {one["field"]: one["source"] for one in answer["content"]["sources"]}["fee"] == ""
    assert desk.compared(2)["promise_days"] == ("10", "5")
    assert desk.compared(1, 2)["promise_days"] == ("5", "10") and desk.compared(2, 2) == {}
    assert desk.compared(1) == {} and set(desk.compared(2)) == {
        "promise_days",
        "governs",
        "rules",
        "steps",
        "sources",
    }
    with pytest.raises(NotFound):
        desk.version(3)
    told = affairs.matters.documents.find_one({"_id": "m2"})["outbox"][-1]
    assert told["type"] == "xiangzhi.affairs.matter.revised.v1" and told["data"]["number"] == 2


def test_a_change_at_once_is_a_version_too(affairs, desk):
    call = affairs.call(desk.writer, matter_id="m2", promise_days=3)
    usecases.change(affairs.matters, affairs.versions, only_editors(desk.writer), call)
    assert (desk.version(1)["promise_days"], desk.version(2)["promise_days"]) == (10, 3)


def test_who_wrote_a_draft_does_not_publish_it_and_another_county_sees_a_riddle(affairs, desk):
    desk.handed_in()
    with pytest.raises(Forbidden) as refused:
        desk.do("approve", desk.writer)
    assert refused.value.code == "matter.own_draft"
    for region in ("510184", "510183103"):
        with pytest.raises(Forbidden) as refused:
            desk.do("approve", affairs.official("clerk", region))
        assert refused.value.code == "matter.of_another_office"
    assert affairs.matters.get("m2").number == 1


def test_a_draft_for_a_later_day_takes_force_by_the_clock_and_once(affairs, desk):
    desk.handed_in()
    desk.do("approve", desk.other, publish_at=(MONDAY + timedelta(days=2)).isoformat())

    def sweep(days):
        call = Call({}, SYSTEM, now=MONDAY + timedelta(days=days))
        return drafting.sweep(affairs.matters, affairs.versions, call)

    assert (sweep(1), affairs.matters.get("m2").number) == (0, 1)
    assert outcomes(lambda: sweep(3), lambda: sweep(3)) == [None, None]
    assert (sweep(3), affairs.matters.get("m2").number) == (0, 2)
    assert desk.version(1)["until"] == MONDAY + timedelta(days=3)
    assert affairs.versions.documents.count_documents({}) == 1


def test_of_two_who_approve_at_once_one_publishes(affairs, desk):
    desk.handed_in()
    third = affairs.official("county_administrator", "510183")
    seen = affairs.matters.get("m2").version

    def approve(actor):
        desk.do("approve", actor, seen_version=seen)

    got = outcomes(lambda: approve(desk.other), lambda: approve(third))
    assert None in got and set(got) <= {None, VersionConflict, Conflict}
    assert (got.count(None), affairs.matters.get("m2").number) == (1, 2)
    with pytest.raises(Conflict) as late:
        approve(third)
    assert late.value.code == "matter.changed_since_seen"


def test_a_draft_that_is_written_while_another_version_takes_force_is_refused(affairs, desk):
    desk.do("write", desk.writer, promise_days=5)
    call = affairs.call(desk.other, matter_id="m2", promise_days=8)
    usecases.change(affairs.matters, affairs.versions, only_editors(desk.other), call)
    with pytest.raises(Conflict) as refused:
        desk.do("write", desk.writer, promise_days=6)
    assert refused.value.code == "matter.draft_outdated"
    desk.do("discard", desk.writer)
    desk.do("write", desk.writer, promise_days=6)


def test_a_repeat_with_the_same_key_publishes_once(affairs, desk):
    desk.handed_in()
    seen = affairs.matters.get("m2").version
    desk.do("approve", desk.other, key="one-key-of-mine", seen_version=seen)
    with pytest.raises(AlreadyAnswered) as answered:
        desk.do("approve", desk.other, key="one-key-of-mine", seen_version=seen)
    assert answered.value.answer["number"] == 2 == affairs.matters.get("m2").number


def test_an_application_keeps_the_version_it_began_with(affairs, desk):
    application = desk.apply()
    desk.handed_in(promise_days=2, materials=[{"name": "另一种证明"}])
    desk.do("approve", desk.other)
    kept = affairs.applications.get(application.id)
    assert (kept.matter_number, kept.promise_days, kept.required) == (1, 10, ["居民身份证", "居民户口簿"])
    assert [one["name"] for one in desk.version(kept.matter_number)["materials"]] == kept.required


def test_who_applies_while_the_matter_is_withdrawn_is_refused_and_nothing_stays_open(affairs, desk):
    class WithdrawnMeanwhile:
        """The catalogue, in which somebody withdraws the matter between its reading and the application's writing."""

        def __getattr__(self, name):
            return getattr(affairs.matters, name)

        def read(self, found):
            matter = affairs.matters.read(found)
            call = affairs.call(desk.writer, matter_id="m2", reason="名额已满。", withdrawn_to="")
            usecases.withdraw(affairs.matters, only_editors(desk.writer), call)
            return matter

    with pytest.raises(Rejected) as refused:
        desk.apply(WithdrawnMeanwhile())
    assert refused.value.code == "application.matter_closed"
    assert affairs.applications.documents.count_documents({"open": True}) == 0


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"elsewhere": "到镇上办。"}, "application.done_elsewhere"),
        ({"content": {"in_person": "appointment"}}, "application.in_person_only"),
    ],
)
def test_what_is_not_done_online_takes_no_application(affairs, desk, changed, code):
    desk.handed_in(**changed)
    desk.do("approve", desk.other)
    with pytest.raises(Rejected) as refused:
        desk.apply()
    assert refused.value.code == code


def test_a_form_is_published_with_its_version_and_one_outside_the_profile_is_not_drafted(affairs, desk):
    with pytest.raises(DomainError) as refused:
        desk.do("write", desk.writer, form={"type": "object", "pattern": "(a+)+"})
    assert refused.value.code == "form.not_in_profile"
    desk.handed_in(form=allowance())
    published = desk.do("approve", desk.other)
    assert (published.form, published.with_form) == (allowance(), True)
    assert (desk.version(1)["form"], desk.version(2)["form"]) == (None, allowance())


def test_days_of_the_calendar_are_counted_as_such(affairs, desk):
    desk.handed_in(promise_days=15, content={"days_unit": "calendar"})
    desk.do("approve", desk.other)
    application = desk.apply()
    application.accept(affairs.days, MONDAY)
    assert application.due_at == affairs.days.end_of_day(MONDAY, 15)


def test_drafts_are_listed_to_editors_of_the_region_by_an_index(affairs, desk, plans):
    desk.handed_in()

    def drafts(actor):
        call = affairs.call(actor, state="in_review", limit=20)
        return [one["id"] for one in views.drafts(affairs.matters, only_editors(actor), call)["items"]]

    assert drafts(desk.other) == ["m2"]
    assert drafts(affairs.official("clerk", "510184")) == drafts(affairs.official("clerk", "510183103")) == []
    [plan] = plans(affairs.matters.documents, lambda: drafts(desk.other))
    assert plan["planSummary"].startswith("IXSCAN { regions: 1, draft.state: 1") and not plan.get(
        "hasSortStage"
    )


def test_the_list_that_is_shipped_overwrites_nothing_that_an_office_published(affairs, desk):
    desk.handed_in(content=CONTENT, materials=[{"name": "另一种证明"}])
    desk.do("approve", desk.other)
    known = affairs.matters.get("m2")
    listed = affairs.matters.get("m2")
    listed.materials, listed.content, listed.life_event = [], known.content.of({}), "家庭困难"
    assert usecases.publish(affairs.matters, affairs.versions, listed, affairs.call(SYSTEM)) == "changed"
    kept = affairs.matters.get("m2")
    assert (kept.materials, kept.content, kept.life_event) == (known.materials, known.content, "家庭困难")


def test_nobody_approves_what_was_written_after_they_looked(desk, affairs):
    desk.handed_in(promise_days=5)
    seen = affairs.matters.get("m2").version
    desk.handed_in(promise_days=1, name="免费发钱")
    with pytest.raises(Conflict) as refused:
        desk.do("approve", desk.other, seen_version=seen)
    assert refused.value.code == "matter.changed_since_seen"
    assert desk.do("approve", desk.other).promise_days == 1


def change(affairs, **changes):
    call = affairs.call(affairs.official("clerk", "510183"), matter_id="m2", **changes)
    return usecases.change(affairs.matters, affairs.versions, {}, call)


def test_saying_the_same_again_makes_no_version_and_leaves_what_is_approved(desk, affairs):
    desk.handed_in(promise_days=5)
    desk.do("approve", desk.other, publish_at=(MONDAY + timedelta(days=2)).isoformat())
    before = affairs.matters.get("m2")
    after = change(affairs, promise_days=before.promise_days)
    assert (after.number, after.draft.state, after.due) == (before.number, "approved", before.due)


def test_a_draft_that_another_version_overtook_says_so_and_can_be_read(desk, affairs):
    desk.handed_in(promise_days=15)
    desk.do("approve", desk.other, publish_at=(MONDAY + timedelta(days=2)).isoformat())
    assert change(affairs, promise_days=9, statutory_days=12).draft.state == "drafting"
    found = drafting.shown(affairs.matters.get("m2"))
    assert "重新起草" in found["returned"] and found["publish_at"] is None
    with pytest.raises(Conflict) as refused:
        desk.do("submit", desk.writer)
    assert refused.value.code == "matter.draft_outdated"
