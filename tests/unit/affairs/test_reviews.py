"""A review by its sentences: who had a hand in it never; office, then county, then over; the law's days run on; every step in every state."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.affairs.matters.reviews import remedies, rules
from services.affairs.matters.reviews.events import STATES
from services.affairs.matters.reviews.model import Review, ReviewTerms
from services.chassis.core.clock import CHINA, day_of
from services.chassis.core.errors import DomainError
from services.civic.working_days import published_working_days

DAYS, TERMS = published_working_days(), ReviewTerms()
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA).astimezone(UTC)


def asked(now: datetime = MONDAY) -> Review:
    review = Review(
        *("a1", "510183103204", "r1", "a1", "m1", "高龄津贴", "20", "邛崃市民政局", "refused", MONDAY),
        *(["clerk"], now),
    )
    review.ask("材料是齐的", TERMS, DAYS)
    return review


def taken(by: str = "colleague") -> Review:
    review = asked()
    review.take(by, MONDAY)
    return review


def upheld() -> Review:
    review = taken()
    review.decide("colleague", "upheld", "查过了，缺户口簿", TERMS, DAYS, MONDAY)
    return review


def of_the_county() -> Review:
    review = upheld()
    review.go_on("户口簿交过", TERMS, DAYS, MONDAY)
    return review


def refusal(act, *given) -> str:
    with pytest.raises(DomainError) as refused:
        act(*given)
    return refused.value.code


@pytest.mark.parametrize(
    ("state", "outcome", "decision"),
    [
        ("declined", None, "declined"),
        ("decided", "refused", "refused"),
        ("decided", "granted", "granted"),
        ("rated", "refused", "refused"),
        ("rated", None, "declined"),
        ("lapsed", None, "lapsed"),
    ],
)
def test_what_the_office_has_ended_can_be_reviewed(state, outcome, decision):
    assert rules.the_decision_of(state, outcome) == decision


@pytest.mark.parametrize("state", ["submitted", "materials_missing", "supplemented", "accepted", "withdrawn"])
def test_what_is_not_decided_or_was_taken_back_cannot(state):
    assert refusal(rules.the_decision_of, state, None) == "review.nothing_decided"


def test_it_is_asked_within_fifteen_working_days_of_the_decision_and_not_later():
    last = TERMS.ask_by(MONDAY, DAYS).at
    assert day_of(last) == date(2026, 12, 14)
    assert asked(last).state == "asked"
    review = asked()
    review.asked_at = last + timedelta(seconds=1)
    assert refusal(review.ask, "g", TERMS, DAYS) == "review.too_late"


def test_who_handled_it_never_reviews_it_and_finds_nothing_there():
    assert refusal(asked().take, "clerk", MONDAY) == "review.not_found"
    review = taken()
    review.taken_by = "clerk"
    assert refusal(review.decide, "clerk", "upheld", "w", TERMS, DAYS, MONDAY) == "review.not_found"


def test_only_who_has_taken_it_decides_it():
    code = refusal(taken().decide, "another", "upheld", "w", TERMS, DAYS, MONDAY)
    assert code == "review.taken_by_another"


def test_who_reviewed_it_for_the_office_does_not_review_it_for_the_county():
    review = of_the_county()
    assert (review.level, review.raised_why, review.state) == ("county", "asked", "asked")
    assert refusal(review.take, "colleague", MONDAY) == "review.not_found"
    review.take("chief", MONDAY)
    assert review.taken_by == "chief"


def test_after_the_county_it_is_over_inside_the_platform():
    review = of_the_county()
    review.take("chief", MONDAY)
    [(name, told)] = review.decide("chief", "upheld", "w", TERMS, DAYS, MONDAY)
    assert (name, "raise_by" in told, review.is_final) == ("review.decided", False, True)
    assert refusal(review.go_on, "g", TERMS, DAYS, MONDAY) == "review.final"
    assert [one["level"] for one in review.rounds] == ["office", "county"]


def test_the_citizen_goes_on_in_time_and_not_later():
    review = upheld()
    assert (review.is_final, day_of(review.raise_by)) == (False, date(2026, 12, 14))
    later = review.raise_by + timedelta(seconds=1)
    assert refusal(review.go_on, "g", TERMS, DAYS, later) == "review.too_late_for_the_county"
    review.go_on("g", TERMS, DAYS, review.raise_by)
    assert review.level == "county"


def test_what_the_office_lets_lie_goes_up_once_with_what_was_said_and_the_county_keeps_it():
    for review in (asked(), taken()):
        assert day_of(review.decide_by) == date(2026, 12, 7)
        assert review.fall_due(TERMS, DAYS, review.decide_by) == []
        [(name, told)] = review.fall_due(TERMS, DAYS, review.decide_by + timedelta(seconds=1))
        assert (name, told["why"], told["county"]) == ("review.raised", "overdue", "510183")
        assert (review.state, review.level, review.taken_by) == ("asked", "county", "")
        assert review.rounds[-1]["grounds"] == "材料是齐的"
        assert review.due is None
        assert review.fall_due(TERMS, DAYS, MONDAY + timedelta(days=300)) == []


def test_what_is_set_aside_leads_to_another_application_once():
    review = taken()
    review.decide("colleague", "set_aside", "材料是齐的", TERMS, DAYS, MONDAY)
    assert (review.is_final, review.due) == (True, None)
    [(name, told)] = review.lead_to("a2")
    assert (name, told["new_application_id"]) == ("review.reopened", "a2")
    assert review.lead_to("a3") == [] and review.new_application_id == "a2"
    assert refusal(review.go_on, "g", TERMS, DAYS, MONDAY) == "review.step_does_not_fit"


def test_erased_it_says_nothing_that_anybody_wrote_and_waits_for_nobody():
    review = of_the_county()
    assert [name for name, _ in review.erase("r1", MONDAY)] == ["review.withdrawn"]
    left = str(review.rounds)
    assert not any(word in left for word in ("材料", "户口簿", "查过"))
    assert (review.erased, review.due, review.is_open) == (True, None, False)


STEPS = {
    "take": ("other", MONDAY),
    "decide": ("colleague", "upheld", "w", TERMS, DAYS, MONDAY),
    "go_on": ("g", TERMS, DAYS, MONDAY),
    "withdraw": (MONDAY,),
}
FITTING = {
    "take": {"asked"},
    "decide": {"taken"},
    "go_on": {"upheld"},
    "withdraw": {"asked", "taken"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_in_every_state_is_done_or_refused_by_name(step, state):
    review = taken()
    review.state, review.raise_by = state, MONDAY
    if state in FITTING[step]:
        assert getattr(review, step)(*STEPS[step])
    else:
        assert refusal(getattr(review, step), *STEPS[step]) == "review.step_does_not_fit"


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T20:00:00").replace(tzinfo=CHINA).astimezone(UTC)


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-01-05", "2026-03-06"),  # 60 days later, a Friday
        ("2026-08-03", "2026-10-08"),  # 2 October is a holiday, the 8th is the first day worked
        ("2026-05-06", "2026-07-06"),  # 5 July is a Sunday
    ],
)
def test_reconsideration_has_sixty_days_of_the_calendar_and_no_last_day_on_which_nobody_works(decided, last):
    found = remedies.last_day_of_reconsideration(at(decided), DAYS)
    assert (day_of(found.at).isoformat(), found.provisional) == (last, False)


@pytest.mark.parametrize(
    ("decided", "last"),
    [
        ("2026-01-05", "2026-07-06"),  # 5 July is a Sunday
        (
            "2025-08-29",
            "2026-02-28",
        ),  # no 29 February; a Saturday that is worked before the spring holiday is over
        ("2026-03-31", "2026-09-30"),  # no 31 September
        ("2026-04-01", "2026-10-08"),  # 1 October is a holiday
    ],
)
def test_a_lawsuit_has_six_months_to_the_day_or_the_months_last(decided, last):
    found = remedies.last_day_of_a_lawsuit(at(decided), DAYS)
    assert (day_of(found.at).isoformat(), found.provisional) == (last, False)


def test_a_last_day_in_a_year_without_holidays_yet_is_provisional():
    assert remedies.last_day_of_a_lawsuit(at("2026-11-23"), DAYS).provisional
    assert not remedies.last_day_of_reconsideration(at("2026-06-01"), DAYS).provisional


def test_the_last_days_do_not_move_with_a_review():
    review = of_the_county()
    assert review.decided_at == MONDAY
