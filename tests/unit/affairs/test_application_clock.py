"""The clock of an application against the law, and against an independent count, day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.affairs.matters.applications import clock_rules as rules
from services.affairs.matters.applications.days_line import line_of
from services.affairs.matters.applications.model import Application
from services.chassis.core.clock import CHINA, day_of
from services.chassis.core.errors import DomainError
from services.civic.statutory_holidays import statutory_holidays
from services.civic.working_days import CALENDAR, end_of_the_day, published_working_days

DAYS = published_working_days()
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=CHINA).astimezone(UTC)
WORKED = {
    line.split(",")[0]: line.split(",")[1] == "workday"
    for line in CALENDAR.read_text(encoding="utf-8").splitlines()[1:]
}
"""The announced days, read once more without the code that is tested."""
EXTENSION = {
    "days": 10,
    "unit": "working",
    "text": "可以延长十日",
    "law": "行政许可法",
    "article": "第四十二条",
}


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=CHINA).astimezone(UTC)


def application(now=MONDAY, kind="1", **more):
    made = Application(
        id="a1",
        region="510183103204",
        applicant_id="r1",
        matter_id="m1",
        matter_name="烟草专卖零售许可证新办",
        office="邛崃市烟草专卖局",
        required=[],
        applicant_name="王秀英",
        applicant_phone="13800000013",
        materials=[],
        submitted_at=now,
        notice_by=DAYS.after(now, 5).at,
        matter_kind=kind,
        **{"promise_days": 10, "statutory_days": 20, **more},
    )
    made.submit()
    return made


def accepted(now=MONDAY, **more):
    made = application(now, **more)
    made.accept(DAYS, now)
    return made


def refusal(act, *args):
    with pytest.raises(DomainError) as refused:
        act(*args)
    return refused.value.code


def extended(one, more=10, now=MONDAY, county=True):
    return one.extend(more, "专家意见还没有到", "h1", county, DAYS, now)


def suspended(one, until, now=MONDAY, ground="expert_review"):
    return one.suspend(ground, "请专家评审", end_of_the_day(until), "c1", DAYS, now)


def works(day: date) -> bool:
    """Count as somebody would with the printed calendar beside them."""
    if day in statutory_holidays(day.year):
        return False
    return WORKED.get(day.isoformat(), day.isoweekday() <= 5)


def counted_by_hand(since: date, days: int, unit: str, pauses: list[tuple[date, date]]) -> date:
    left, day = days, since
    while left:
        day = date.fromordinal(day.toordinal() + 1)
        stands_still = any(began < day and day <= last for began, last in pauses)
        if not stands_still and (unit == "calendar" or works(day)):
            left -= 1
    return day


@given(
    since=some.dates(date(2018, 1, 1), date(2027, 6, 30)),
    promise=some.integers(1, 40),
    law=some.integers(1, 60),
    unit=some.sampled_from(["working", "calendar"]),
    pause=some.none() | some.tuples(some.integers(0, 20), some.integers(1, 30), some.integers(0, 40)),
    more=some.none() | some.integers(1, 10),
)
@settings(max_examples=400, deadline=None)
def test_both_dates_are_those_that_somebody_counts_by_hand(since, promise, law, unit, pause, more):
    promise = min(promise, law)
    allowed = {**EXTENSION, "unit": unit}
    one = accepted(
        at(since), promise_days=promise, statutory_days=law, days_unit=unit, terms={"extension": allowed}
    )
    pauses = []
    begins = since + timedelta(days=pause[0]) if pause else since
    if pause and at(begins) <= one.legal_due_at:
        _, planned, really = pause
        until = begins + timedelta(days=planned)
        suspended(one, until, at(begins))
        last = until
        if begins + timedelta(days=really) < until:
            goes_on = begins + timedelta(days=really)
            one.resume(DAYS, at(goes_on, 15))
            last = goes_on - timedelta(days=1)
        pauses = [(begins, last)]
    if more and at(since) <= one.legal_due_at:
        extended(one, more, at(since))
    total = more or 0
    assert day_of(one.due_at) == counted_by_hand(since, promise + total, unit, pauses)
    assert day_of(one.legal_due_at) == counted_by_hand(since, law + total, unit, pauses)
    assert one.legal_provisional == (unit == "working" and day_of(one.legal_due_at).year > 2026)
    line = line_of(one, DAYS, at(since))
    last_of = {name: next(row["day"] for row in line if row[name] == 0) for name in ("left", "legal_left")}
    assert (last_of["left"], last_of["legal_left"]) == (day_of(one.due_at), day_of(one.legal_due_at))
    assert sum(row["counted"] == "counted" for row in line) == law + total


def test_what_is_stopped_each_evening_and_goes_on_each_morning_ends_on_its_day():
    one = accepted(promise_days=5, statutory_days=5)
    due = one.due_at
    for n in range(4):
        day = day_of(MONDAY) + timedelta(days=n)
        suspended(one, day + timedelta(days=30), at(day, 18))
        one.resume(DAYS, at(day + timedelta(days=1), 9))
    assert one.due_at == due


def test_the_line_says_why_a_day_is_not_counted():
    one = accepted(at(date(2026, 4, 30)))
    suspended(one, date(2026, 5, 8), at(date(2026, 5, 6)))
    line = {row["day"]: row for row in line_of(one, DAYS, at(date(2026, 5, 9)))}
    assert line[date(2026, 4, 30)]["counted"] == "before"
    assert line[date(2026, 4, 30)]["happened"] == ["submitted", "accepted"]
    assert (line[date(2026, 5, 1)]["counted"], line[date(2026, 5, 6)]["counted"]) == ("rest", "counted")
    assert (line[date(2026, 5, 6)]["left"], line[date(2026, 5, 6)]["legal_left"]) == (9, 19)
    assert [line[date(2026, 5, day)]["counted"] for day in (7, 8)] == ["suspended"] * 2
    assert line[date(2026, 5, 8)]["left"] == 9


def test_some_laws_count_from_receipt():
    term = {
        "days": 10,
        "unit": "working",
        "text": "收到申请之日起十个工作日内办理完毕。",
        "law": "l",
        "article": "",
    }
    one = application(kind="20", terms={"term": term}, statutory_days=10)
    one.accept(DAYS, MONDAY + timedelta(days=3))
    assert one.legal_due_at == DAYS.after(MONDAY, 10).at
    other = application(kind="20", statutory_days=10)
    other.accept(DAYS, MONDAY + timedelta(days=3))
    assert other.legal_due_at == DAYS.after(MONDAY + timedelta(days=3), 10).at


def test_without_a_term_in_its_law_an_application_has_the_promise_alone():
    one = accepted(kind="20", statutory_days=0)
    assert (one.legal_due_at, one.due_at) == (None, DAYS.after(MONDAY, 10).at)
    assert refusal(extended, one) == "application.no_extension_in_law"
    assert refusal(suspended, one, date(2026, 3, 9)) == "application.no_suspension_in_law"


def test_the_head_extends_once_and_no_longer_than_the_law_allows():
    one = accepted()
    assert refusal(extended, one, 11) == "application.extension_too_long"
    [(name, told)] = extended(one, 5)
    assert (name, told["days"]) == ("application.extended", 5)
    assert (one.due_at, one.legal_due_at) == (DAYS.after(MONDAY, 15).at, DAYS.after(MONDAY, 25).at)
    assert refusal(extended, one, 5) == "application.extended_already"
    assert refusal(extended, application()) == "application.step_does_not_fit"


def test_what_is_over_is_neither_extended_nor_suspended():
    one = accepted()
    late = one.legal_due_at + timedelta(seconds=1)
    assert refusal(extended, one, 5, late) == "application.time_is_over"
    assert refusal(suspended, one, day_of(late) + timedelta(days=30), late) == "application.time_is_over"


def test_only_the_governments_head_extends_a_joint_decision():
    one = accepted(statutory_days=45)
    assert refusal(extended, one, 15, MONDAY, False) == "application.joint_extension_by_the_government"
    assert one.most_days_more == 15
    extended(one, 15)
    assert one.legal_due_at == DAYS.after(MONDAY, 60).at


def test_a_nearer_law_says_how_long_an_extension_is():
    own = {**EXTENSION, "days": 3, "law": "市场主体登记管理条例", "article": "第十九条"}
    one = accepted(statutory_days=3, promise_days=3, terms={"extension": own})
    assert refusal(extended, one, 4) == "application.extension_too_long"
    extended(one, 3)


def test_of_a_licence_only_the_closed_list_is_not_counted():
    one = accepted()
    assert refusal(suspended, one, date(2026, 3, 9), MONDAY, "own_rule") == "application.ground_not_listed"
    assert one.not_counted_grounds == list(rules.NOT_COUNTED) and len(rules.NOT_COUNTED) == 8
    [(name, told)] = suspended(one, date(2026, 3, 9), ground="hearing")
    assert (name, told["ground"]) == ("application.suspended", "hearing")
    assert refusal(suspended, one, date(2026, 3, 10)) == "application.suspended_already"


def test_another_matter_follows_its_own_law():
    own = {
        "days": 60,
        "unit": "calendar",
        "text": "公告六十日，公告期间不计算在内。",
        "law": "收养登记办法",
        "article": "第八条",
    }
    one = accepted(kind="7", statutory_days=30, days_unit="calendar", terms={"not_counted": own})
    assert refusal(suspended, one, date(2026, 3, 9)) == "application.ground_not_of_this_matter"
    far = date(2026, 5, 2)
    assert refusal(suspended, one, far, MONDAY, "own_rule") == "application.suspension_too_long"
    suspended(one, date(2026, 5, 1), ground="own_rule")
    assert day_of(one.legal_due_at) == date(2026, 5, 31)


def test_a_suspension_ends_on_a_day_to_come():
    one = accepted()
    assert refusal(suspended, one, date(2026, 3, 1)) == "application.suspension_over_already"
    assert refusal(suspended, one, date(2027, 4, 1)) == "application.suspension_too_long"
    assert refusal(one.resume, DAYS, MONDAY) == "application.not_suspended"


def test_a_suspension_that_nobody_ends_ends_by_itself_and_once():
    one = accepted()
    suspended(one, date(2026, 3, 9))
    due = one.due_at
    assert one.tick(DAYS, one.suspended_until) == []
    [(name, _)] = one.tick(DAYS, at(date(2026, 3, 10), 1))
    assert (name, one.suspended_until, one.due_at) == ("application.resumed", None, due)
    assert one.steps[-1]["by"] == "clock"
    assert one.tick(DAYS, at(date(2026, 3, 10), 2)) == []


def test_a_decision_ends_a_suspension():
    one = accepted()
    suspended(one, date(2026, 3, 9))
    one.decide("granted", None, MONDAY)
    assert (one.suspended_until, one.due, one.suspensions[0]["ended_at"]) == (None, None, MONDAY)


def test_the_head_hears_when_the_promise_is_over_and_the_county_when_the_law_is_too():
    one = accepted()
    assert (one.due, one.tick(DAYS, one.due_at)) == (one.due_at, [])
    [(name, told)] = one.tick(DAYS, one.due_at + timedelta(seconds=1))
    assert (name, told["state"], one.due) == ("application.escalated_to_head", "accepted", one.legal_due_at)
    assert one.tick(DAYS, one.legal_due_at) == []
    [(name, _)] = one.tick(DAYS, one.legal_due_at + timedelta(seconds=1))
    assert (name, one.due) == ("application.escalated_to_county", None)
    assert one.tick(DAYS, one.legal_due_at + timedelta(days=400)) == []


def test_the_head_has_three_working_days_before_the_county_hears():
    one = application()
    late = one.notice_by + timedelta(seconds=1)
    one.tick(DAYS, late)
    assert one.due == DAYS.after(late, 3).at
    one.accept(DAYS, late)
    assert (one.escalated, one.escalated_at, one.due) == (0, None, one.due_at)


def test_an_extension_that_gives_time_again_lets_the_head_hear_of_the_new_day():
    one = accepted()
    over = one.due_at + timedelta(seconds=1)
    one.tick(DAYS, over)
    extended(one, 10, over)
    assert (one.escalated, one.due) == (0, one.due_at)
    two = accepted()
    much_later = DAYS.after(MONDAY, 15).at
    two.tick(DAYS, much_later)
    extended(two, 3, much_later)
    assert two.escalated == 1


def test_a_process_of_the_version_before_leaves_nothing_to_tell():
    one = accepted()
    one.state = "decided"
    assert (one.tick(DAYS, one.due_at + timedelta(days=1)), one.due) == ([], None)


def test_a_new_calendar_moves_the_day_and_what_was_provisional_is_sure():
    december = at(date(2026, 12, 21))
    one = accepted(december)
    assert (one.provisional, day_of(one.due_at)) == (True, date(2027, 1, 5))
    known = DAYS.changed({date(2027, 1, 4): False, date(2027, 1, 9): True}, 2027, 4)
    [(name, told)] = one.recount(known)
    assert (name, told["provisional"], day_of(one.due_at), one.calendar) == (
        "application.due_moved", False, date(2027, 1, 6), 4,
    )  # fmt: skip
    assert one.recount(known) == [] and one.due == one.due_at


def test_a_new_calendar_moves_the_first_look_too():
    one = application(at(date(2026, 3, 2)))
    one.recount(DAYS.changed({date(2026, 3, 4): False}, 2026, 1))
    assert day_of(one.notice_by) == date(2026, 3, 10) and one.due == one.notice_by


def test_what_was_written_about_the_time_goes_with_an_erasure_and_the_days_stay():
    one = accepted()
    extended(one, 5)
    suspended(one, date(2026, 3, 9))
    one.decide("granted", None, MONDAY)
    one.erase("r1", MONDAY)
    assert (one.extension["reason"], one.suspensions[0]["reason"]) == ("", "")
    assert one.extension["days"] == 5


def test_what_is_granted_comes_within_a_time_of_its_own():
    one = accepted()
    one.decide("granted", None, MONDAY)
    one.begin_the_results_time(DAYS)
    assert one.result_due_at == DAYS.after(MONDAY, 10).at
    own = {"days": 2, "unit": "working", "text": "二个工作日内核发", "law": "l", "article": "a"}
    other = accepted(kind="7", terms={"delivery": own})
    other.decide("granted", None, MONDAY)
    other.begin_the_results_time(DAYS)
    assert other.result_due_at == DAYS.after(MONDAY, 2).at
    for refused in (accepted(), accepted(kind="7")):
        refused.decide("refused" if refused.is_a_licence else "granted", "不符合条件", MONDAY)
        refused.begin_the_results_time(DAYS)
        assert refused.result_due_at is None
