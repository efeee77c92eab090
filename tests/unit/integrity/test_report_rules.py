"""The rules of anonymous reports."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Forbidden, Rejected
from services.integrity.reports.cases import rules
from services.integrity.reports.cases.model import Deadlines, Report, day_after

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAYS = Deadlines()


def a_report(**more):
    fields = {
        "id": "r1",
        "region": "510183",
        "place": "510183103204",
        "town": "510183103",
        "category_id": "c",
        "category_name": "n",
        "accused": "村主任",
        "text": "挪用修路款",
        "happened_on": None,
        "receipt_hash": "h",
        "received_at": NOW,
        "decide_by": "2026-12-06",
    }
    return Report(**{**fields, **more})


def accepted(officer="o1"):
    report = a_report()
    report.accept(officer, DAYS, NOW)
    return report


def concluded(at=NOW):
    report = accepted()
    report.conclude("o1", "substantiated", "已查实", at)
    return report


def code_of(kind, act, *args):
    with pytest.raises(kind) as caught:
        act(*args)
    return caught.value.code


@pytest.mark.parametrize("place", ["510183103204", "510183103", "510183"])
def test_a_report_goes_to_the_county_wherever_in_it_something_happened(place):
    assert rules.a_report_goes_to_the_countys_discipline_committee(place) == "510183"


def test_the_town_that_is_kept_out_is_that_of_the_village_and_none_where_it_happened_at_the_county():
    assert rules.nobody_of_the_town_handles_it("510183103204") == "510183103"
    assert rules.nobody_of_the_town_handles_it("510183103") == "510183103"
    assert rules.nobody_of_the_town_handles_it("510183") == ""


@pytest.mark.parametrize(
    ("kind", "certified"), [("anonymous", False), ("resident", False), ("official", True)]
)
def test_only_a_certified_resident_may_report_under_the_own_name(kind, certified):
    rules.only_a_certified_resident_reports_under_the_own_name("resident", True)
    act = rules.only_a_certified_resident_reports_under_the_own_name
    assert code_of(Rejected, act, kind, certified) == "report.name_not_certified"


def test_what_happens_tomorrow_cannot_be_reported():
    today = NOW.date()
    rules.what_happened_lies_in_the_past(today, today)
    rules.what_happened_lies_in_the_past(None, today)
    act = rules.what_happened_lies_in_the_past
    assert code_of(Rejected, act, today + timedelta(days=1), today) == "report.happens_later"


def test_an_accepted_report_is_in_the_hands_of_one_officer():
    report = accepted()
    assert code_of(Forbidden, report.accept, "o2", DAYS, NOW) == "report.not_in_charge"
    assert code_of(Conflict, report.accept, "o1", DAYS, NOW) == "report.taken_already"
    assert code_of(Forbidden, report.conclude, "o2", "substantiated", "已查实", NOW) == "report.not_in_charge"
    assert code_of(Forbidden, report.answer, "o2", "您好", NOW) == "report.not_in_charge"


def test_a_report_is_concluded_only_after_it_was_accepted_and_only_once():
    report = a_report()
    assert code_of(Conflict, report.conclude, "o1", "substantiated", "x", NOW) == "report.not_its_turn"
    assert code_of(Conflict, concluded().conclude, "o1", "substantiated", "x", NOW) == "report.not_its_turn"


def test_an_accepted_report_can_no_longer_be_declined():
    report = a_report()
    assert report.decline("o1", "不属于受理范围", NOW) == [
        ("report.not_accepted", {"report_id": "r1", "state": "not_accepted"})
    ]
    assert code_of(Conflict, accepted().decline, "o1", "x", NOW) == "report.not_its_turn"


def test_a_recused_officer_in_charge_gives_the_report_free_for_another():
    report = accepted()
    assert report.recuse("o1", "o2", NOW) == []
    assert report.recused == [{"official": "o1", "by": "o2", "at": NOW}]
    assert code_of(Conflict, report.answer, "o2", "您好", NOW) == "report.nobody_in_charge"
    assert code_of(Conflict, report.conclude, "o2", "substantiated", "x", NOW) == "report.nobody_in_charge"
    assert report.accept("o2", DAYS, NOW) == []
    assert report.handler == "o2"
    assert code_of(Conflict, report.recuse, "o1", "o2", NOW) == "report.recused_already"


def test_the_reporter_may_withdraw_until_the_conclusion():
    for report in (a_report(), accepted()):
        assert report.withdraw() == [("report.withdrawn", {"report_id": "r1", "state": "withdrawn"})]
        assert code_of(Conflict, report.withdraw) == "report.not_its_turn"
    assert code_of(Conflict, concluded().withdraw) == "report.not_its_turn"


def test_a_withdrawn_or_declined_report_takes_no_more_messages():
    withdrawn, declined = a_report(state="withdrawn"), a_report(state="not_accepted")
    for report in (withdrawn, declined):
        assert code_of(Conflict, report.write, "message", "还有", NOW) == "report.not_its_turn"


def test_the_hundred_and_first_message_is_refused_to_both_sides():
    report = accepted()
    for _ in range(50):
        report.write("message", "问", NOW)
        report.answer("o1", "答", NOW)
    assert len(report.messages) == 100
    assert code_of(Rejected, report.write, "evidence", "照片", NOW) == "report.too_many_messages"
    assert code_of(Rejected, report.answer, "o1", "答", NOW) == "report.too_many_messages"


def test_the_reporter_rates_once_and_only_after_the_conclusion():
    assert code_of(Conflict, accepted().rate, 5) == "report.not_its_turn"
    report = concluded()
    report.rate(4)
    assert code_of(Conflict, report.rate, 1) == "report.rated_already"
    assert report.rating == 4


def test_a_review_is_asked_within_thirty_days_and_not_after():
    last, late = NOW + timedelta(days=30), NOW + timedelta(days=30, seconds=1)
    assert code_of(Rejected, concluded().ask_review, late) == "report.review_too_late"
    report = concluded()
    assert report.ask_review(last) == [("report.review_asked", {"report_id": "r1", "state": "review_asked"})]
    assert report.handler is None


def test_a_review_is_done_by_somebody_else_and_not_asked_twice():
    report = concluded()
    report.ask_review(NOW)
    assert code_of(Forbidden, report.accept, "o1", DAYS, NOW) == "report.reviews_own_conclusion"
    report.accept("o2", DAYS, NOW)
    report.recuse("o2", "o3", NOW)
    assert code_of(Forbidden, report.accept, "o1", DAYS, NOW) == "report.reviews_own_conclusion"
    report.accept("o3", DAYS, NOW)
    report.conclude("o3", "unsubstantiated", "复核后不属实", NOW)
    assert [c["outcome"] for c in report.conclusions] == ["substantiated", "unsubstantiated"]
    assert code_of(Conflict, report.ask_review, NOW) == "report.review_asked_already"


def test_due_days_are_calendar_days_in_chinas_time():
    assert day_after(datetime(2026, 11, 21, 16, tzinfo=UTC), 15) == "2026-12-07"
    report = accepted()
    assert report.conclude_by == "2027-02-19"


@pytest.mark.parametrize(
    ("make", "step", "told"),
    [
        (a_report, lambda one: one.conclude("o1", "substantiated", "x", NOW), "还没有受理，请先受理。"),
        (accepted, lambda one: one.decline("o1", "x", NOW), "正在办理，请办理后作出结论。"),
        (a_report, lambda one: one.rate(5), "还没有受理，请等受理。"),
        (accepted, lambda one: one.ask_review(NOW), "正在办理，请等办结。"),
        (concluded, lambda one: one.withdraw(), "已经办结，不能再这样办理。"),
    ],
)
def test_who_takes_a_step_out_of_turn_reads_which_one_is_due(make, step, told):
    with pytest.raises(Conflict) as refused:
        step(make())
    assert refused.value.message == f"这件举报{told}"
