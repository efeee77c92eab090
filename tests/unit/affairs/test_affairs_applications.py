"""Every rule of an application with its refusal."""

from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.applications import rules
from services.affairs.matters.applications.materials import told
from services.affairs.matters.applications.model import Application
from services.chassis.core.clock import CHINA
from services.chassis.core.errors import DomainError, Rejected
from services.civic.working_days import published_working_days

DAYS = published_working_days()
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA).astimezone(UTC)
LOOK_BY = DAYS.after(MONDAY, 5).at
REQUIRED = ["居民身份证", "居民户口簿", "近期免冠照片"]


def papers(*names):
    return [{"name": name, "note": ""} for name in names]


def application(*given):
    made = Application(
        id="a1",
        region="510183103204",
        applicant_id="r1",
        matter_id="m1",
        matter_name="高龄津贴",
        office="邛崃市民政局",
        promise_days=10,
        required=list(REQUIRED),
        applicant_name="王秀英",
        applicant_phone="13800000013",
        materials=papers(*given),
        submitted_at=MONDAY,
        notice_by=DAYS.after(MONDAY, 5).at,
    )
    made.submit()
    return made


def notified():
    waiting = application("居民身份证")
    waiting.notify(papers("居民户口簿", "近期免冠照片"), "请补齐", DAYS.after(MONDAY, 15), MONDAY)
    return waiting


def accepted():
    taken = application(*REQUIRED)
    taken.accept(DAYS, MONDAY)
    return taken


def decided():
    done = accepted()
    done.decide("granted", None, MONDAY)
    return done


def refusal(act, *args):
    with pytest.raises(DomainError) as refused:
        act(*args)
    return refused.value.code


def test_only_certified_residents_may_apply():
    assert refusal(rules.only_certified_residents_may_apply, False) == "application.not_certified"
    rules.only_certified_residents_may_apply(True)


def test_only_open_matters_take_applications():
    assert refusal(rules.only_open_matters_take_applications, "closed") == "application.matter_closed"
    rules.only_open_matters_take_applications("open")


def test_an_application_names_each_material_once():
    assert refusal(application, "居民身份证", "居民身份证") == "application.material_twice"


def test_one_notice_lists_every_missing_material():
    waiting, until = application("居民身份证"), DAYS.after(MONDAY, 15)
    assert refusal(waiting.notify, papers("居民户口簿"), "", until, MONDAY) == "application.notice_incomplete"
    told = waiting.notify(papers("居民户口簿", "近期免冠照片"), "", until, MONDAY)
    name, facts = told[0]
    assert (name, facts["missing_count"]) == ("application.materials_missing", 2)
    assert waiting.notice["supply_by"] == until.at


def test_a_notice_may_also_ask_again_for_a_paper_that_does_not_fit():
    waiting = application(*REQUIRED)
    waiting.notify(papers("近期免冠照片"), "照片模糊", DAYS.after(MONDAY, 15), MONDAY)
    assert waiting.state == "materials_missing"


def test_a_paper_is_the_same_in_traditional_characters_full_width_and_with_blanks():
    waiting = application("居民身分證", " 近期　免冠照片 ")
    waiting.notify(papers("居民户口簿"), "", DAYS.after(MONDAY, 15), MONDAY)
    waiting.supply(papers("居民戶口簿"), LOOK_BY, MONDAY)
    assert [one["name"] for one in waiting.materials] == ["居民身分證", " 近期　免冠照片 ", "居民戶口簿"]
    again = application("近期免冠照片", *REQUIRED[:1])
    again.notify(papers("居民户口簿", "近期免冠照片"), "照片模糊", DAYS.after(MONDAY, 15), MONDAY)
    again.supply(papers("居民戶口簿", "近期免冠照片（新）", "近期免冠 照片"), LOOK_BY, MONDAY)
    assert sum("照片" in one["name"] for one in again.materials) == 2
    assert refusal(application, "居民戶口簿", "居民户口簿") == "application.material_twice"


def test_what_lacks_is_named():
    waiting = application("居民身份证")
    with pytest.raises(Rejected, match="“居民户口簿”、“近期免冠照片”"):
        waiting.notify(papers("居民身份证"), "", DAYS.after(MONDAY, 15), MONDAY)
    with pytest.raises(Rejected, match="还缺“近期免冠照片”，"):
        notified().supply(papers("居民户口簿"), LOOK_BY, MONDAY)
    assert told([str(n) for n in range(7)]).endswith("“4”等 7 项")


def test_there_is_no_second_notice_before_anything_was_supplied():
    again = (papers("近期免冠照片"), "", DAYS.after(MONDAY, 15), MONDAY)
    assert refusal(notified().notify, *again) == "application.notified_already"


def defect(*names):
    return [{"name": name, "note": "看不清，请重新拍"} for name in names]


def supplied():
    one = notified()
    one.supply(papers("居民户口簿", "近期免冠照片"), LOOK_BY, MONDAY)
    return one


def test_a_second_notice_is_only_for_a_defect_in_what_was_supplied():
    one, until = supplied(), DAYS.after(MONDAY, 15)
    other = refusal(one.notify, defect("居民身份证"), "", until, MONDAY)
    assert other == "application.second_notice_beyond_supply"
    silent = refusal(one.notify, [*defect("居民户口簿"), *papers("近期免冠照片")], "", until, MONDAY)
    assert silent == "application.defect_not_told"
    late = one.notice_by + timedelta(seconds=1)
    assert (
        refusal(one.notify, defect("近期免冠照片"), "", until, late) == "application.second_notice_too_late"
    )
    first = one.notice
    one.notify(defect("近期免冠照片"), "", until, one.notice_by)
    assert (one.state, one.first_notice) == ("materials_missing", first)


def test_there_is_no_third_notice():
    one, until = supplied(), DAYS.after(MONDAY, 15)
    one.notify(defect("近期免冠照片"), "", until, MONDAY)
    one.supply(papers("近期免冠照片"), LOOK_BY, MONDAY)
    assert refusal(one.notify, defect("近期免冠照片"), "", until, MONDAY) == "application.notified_twice"
    one.accept(DAYS, MONDAY)


def test_the_office_looks_at_what_was_supplied_within_five_working_days():
    one = supplied()
    assert one.act_by == one.notice_by == LOOK_BY
    one.accept(DAYS, MONDAY)
    assert one.act_by == one.due_at
    one.decide("granted", None, MONDAY)
    assert one.act_by is None


def test_a_notice_asks_for_nothing_beyond_the_published_list():
    waiting = application("居民身份证", "居民户口簿")
    asked = papers("近期免冠照片", "村民小组证明")
    code = refusal(waiting.notify, asked, "", DAYS.after(MONDAY, 15), MONDAY)
    assert code == "application.notice_beyond_list"


def test_a_notice_comes_within_five_working_days():
    waiting, until = application("居民身份证"), DAYS.after(MONDAY, 15)
    missing = papers("居民户口簿", "近期免冠照片")
    late = waiting.notice_by + timedelta(seconds=1)
    assert refusal(waiting.notify, missing, "", until, late) == "application.notice_too_late"
    waiting.notify(missing, "", until, waiting.notice_by)


def test_without_a_notice_in_time_the_clock_runs_from_the_receipt():
    waiting = application("居民身份证")
    waiting.accept(DAYS, waiting.notice_by + timedelta(days=3))
    assert waiting.accepted_at == MONDAY
    assert waiting.due_at == DAYS.after(MONDAY, 10).at


def test_after_supplying_the_clock_runs_from_the_acceptance():
    waiting = notified()
    later = MONDAY + timedelta(days=14)
    waiting.supply(papers("居民户口簿", "近期免冠照片"), LOOK_BY, later)
    waiting.accept(DAYS, later)
    assert (waiting.accepted_at, waiting.due_at) == (later, DAYS.after(later, 10).at)


def test_an_acceptance_late_in_the_last_published_year_is_provisional():
    waiting = application(*REQUIRED)
    [(_, facts)] = waiting.accept(DAYS, datetime(2026, 11, 25, tzinfo=UTC))
    assert facts["provisional"] is False
    late = application(*REQUIRED)
    late.submitted_at = datetime(2026, 12, 25, tzinfo=UTC)
    [(_, facts)] = late.accept(DAYS, late.submitted_at)
    assert facts["provisional"] is True and late.provisional is True


def test_a_supply_covers_the_whole_notice_and_replaces_what_it_names():
    waiting = notified()
    assert refusal(waiting.supply, papers("居民户口簿"), LOOK_BY, MONDAY) == "application.supply_incomplete"
    newer = {"name": "居民身份证", "note": "新证"}
    waiting.supply([*papers("居民户口簿", "近期免冠照片"), newer], LOOK_BY, MONDAY)
    assert sorted(m["name"] for m in waiting.materials) == sorted(REQUIRED)
    assert newer in waiting.materials
    assert waiting.state == "supplemented"


def test_a_refusal_says_why_and_names_the_right_of_review():
    taken = accepted()
    assert refusal(taken.decide, "refused", None, MONDAY) == "application.refusal_without_reason"
    taken.decide("refused", "未满八十周岁", MONDAY)
    assert taken.reason == "未满八十周岁"
    assert "行政复议" in taken.right_of_review and "行政诉讼" in taken.right_of_review


def test_a_grant_needs_no_reason():
    done = decided()
    assert (done.state, done.outcome, done.right_of_review) == ("decided", "granted", None)


def test_declining_says_why_and_names_the_right_of_review():
    waiting = application()
    waiting.decline("不属于本机关职权，请向人社局申请", MONDAY)
    assert waiting.state == "declined" and waiting.reason and waiting.right_of_review


def test_an_unanswered_notice_lapses_only_after_its_deadline():
    waiting = notified()
    deadline = waiting.notice["supply_by"]
    assert refusal(waiting.lapse, deadline) == "application.supply_time_left"
    waiting.lapse(deadline + timedelta(seconds=1))
    assert waiting.state == "lapsed"


def test_supplying_late_counts_until_the_office_has_closed_it():
    waiting = notified()
    waiting.supply(
        papers("居民户口簿", "近期免冠照片"), LOOK_BY, waiting.notice["supply_by"] + timedelta(days=1)
    )
    assert waiting.state == "supplemented"


def test_an_application_is_rated_once_and_after_the_decision():
    assert refusal(accepted().rate, 5, None, MONDAY) == "application.step_does_not_fit"
    done = decided()
    [(name, facts)] = done.rate(4, "很快", MONDAY)
    assert (name, facts["stars"]) == ("application.rated", 4)
    assert "很快" not in str(facts)
    assert refusal(done.rate, 1, None, MONDAY) == "application.rated_already"


def test_what_the_office_did_not_take_up_is_rated_as_well():
    declined = application()
    declined.decline("不属于本机关职权", MONDAY)
    declined.rate(1, None, MONDAY, "link")
    assert (declined.stars, declined.rated_through, declined.is_rated) == (1, "link", True)


@pytest.mark.parametrize("make", [application, notified, accepted])
def test_it_is_withdrawn_at_any_time_before_the_decision(make):
    open_one = make()
    open_one.withdraw(MONDAY)
    assert open_one.state == "withdrawn"
    assert refusal(decided().withdraw, MONDAY) == "application.step_does_not_fit"


STEPS = {
    "supply": (papers(*REQUIRED), LOOK_BY, MONDAY),
    "accept": (DAYS, MONDAY),
    "decline": ("理由充分", MONDAY),
    "decide": ("granted", None, MONDAY),
    "withdraw": (MONDAY,),
    "lapse": (MONDAY + timedelta(days=90),),
    "rate": (5, None, MONDAY),
}
FITTING = {
    "supply": {"materials_missing"},
    "accept": {"submitted", "supplemented"},
    "decline": {"submitted", "supplemented"},
    "decide": {"accepted"},
    "withdraw": {"submitted", "materials_missing", "supplemented", "accepted"},
    "lapse": {"materials_missing"},
    "rate": {"decided", "declined"},
}
ALL_STATES = ("submitted", "materials_missing", "supplemented", "accepted", "declined", "decided")
CLOSED = ("withdrawn", "lapsed", "rated")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [*ALL_STATES, *CLOSED])
def test_each_step_fits_its_states_only(step, state):
    one = notified()
    one.state = state
    if state in FITTING[step]:
        getattr(one, step)(*STEPS[step])
        assert one.state != state
    else:
        assert refusal(getattr(one, step), *STEPS[step]) == "application.step_does_not_fit"


def test_a_notice_fits_a_new_application_only():
    taken = accepted()
    code = refusal(taken.notify, papers("近期免冠照片"), "", DAYS.after(MONDAY, 15), MONDAY)
    assert code == "application.step_does_not_fit"


def test_the_steps_tell_when_which_role_did_what_and_no_name():
    waiting = notified()
    assert [(s["by"], s["what"]) for s in waiting.steps] == [
        ("applicant", "submitted"),
        ("clerk", "materials_missing"),
    ]
    assert all(set(s) == {"at", "by", "what"} for s in waiting.steps)


def test_name_and_phone_are_shown_masked():
    one = application()
    assert (one.shown_name, one.shown_phone) == ("王*英", "138****0013")
    one.applicant_name = "王英"
    assert one.shown_name == "王*"


@pytest.mark.parametrize(
    ("make", "step", "told"),
    [
        (application, "decide", "这件申请还没有受理，请先受理。"),
        (notified, "accept", "这件申请正等申请人补齐材料，请等材料补齐后再受理。"),
        (accepted, "accept", "这件申请已经受理，还没有办结，请作出决定。"),
        (application, "rate", "这件申请还没有受理，请等承办单位受理。"),
        (accepted, "rate", "这件申请已经受理，还没有办结，请等办结。"),
        (decided, "withdraw", "这件申请已经办结，不能再办理这一步。"),
    ],
)
def test_who_takes_a_step_out_of_turn_reads_which_one_is_due(make, step, told):
    with pytest.raises(DomainError) as refused:
        getattr(make(), step)(*STEPS[step])
    assert refused.value.message == told
