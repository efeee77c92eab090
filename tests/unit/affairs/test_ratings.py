"""A rating by its sentences: two levels open a case; who was rated has no hand in it; up to the county once; every step in every state."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from services.affairs.matters.ratings.events import STATES
from services.affairs.matters.ratings.model import Rating, RatingTerms
from services.affairs.matters.ratings.publishing import _months_before as months_before
from services.chassis.core.clock import CHINA
from services.chassis.core.errors import DomainError
from services.civic.working_days import published_working_days

DAYS, TERMS = published_working_days(), RatingTerms()
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA).astimezone(UTC)
MUCH_LATER = MONDAY + timedelta(days=200)


def given(level: int = 1, channel: str = "page") -> Rating:
    rating = Rating(
        *("a1", "510183103204", "r1", "a1", "m1", "高龄津贴", "20", "邛崃市民政局", "clerk", level, channel),
        *("来回跑了四趟", MONDAY, "2026-11", MONDAY + timedelta(days=TERMS.ask)),
    )
    rating.receive(TERMS, DAYS)
    return rating


def called() -> Rating:
    rating = given()
    rating.call_back("head", "说好补一份收件单", MONDAY)
    return rating


def answered(raised: bool = False) -> Rating:
    rating = called()
    rating.answer("head", "收件单已补上", TERMS, DAYS, MONDAY)
    if raised:
        rating.confirm(False, "没有补", TERMS, DAYS, MONDAY)
        rating.call_back("county", "再问", MONDAY)
        rating.answer("county", "已补", TERMS, DAYS, MONDAY)
    return rating


def refusal(act, *given) -> str:
    with pytest.raises(DomainError) as refused:
        act(*given)
    return refused.value.code


@pytest.mark.parametrize(
    ("level", "state"), [(1, "to_call"), (2, "to_call"), (3, "given"), (4, "given"), (5, "given")]
)
def test_the_two_lowest_levels_open_a_case_and_no_other(level, state):
    rating = given(level)
    assert (rating.state, rating.is_bad) == (state, level < 3)
    assert rating.mend_by == (DAYS.after(MONDAY, 5).at if level < 3 else None)


def test_the_days_to_mend_are_working_days_from_the_rating():
    assert given().mend_by.astimezone(CHINA).date().isoformat() == "2026-11-30"


def test_the_applicant_is_told_of_a_rating_that_came_by_the_link_and_only_then():
    def told(channel):
        rating = given(5, channel)
        rating.state, rating.due = "given", None
        return dict(rating.receive(TERMS, DAYS))["rating.received"].get("tell_id")

    assert (told("link"), told("page")) == ("r1", None)


def test_who_was_rated_neither_calls_nor_answers_nor_decides():
    assert refusal(given().call_back, "clerk", "s", MONDAY) == "rating.of_your_own_work"
    assert refusal(called().answer, "clerk", "a", TERMS, DAYS, MONDAY) == "rating.of_your_own_work"
    rating = given()
    rating.appeal_against("clerk", "没有来办过", MONDAY)
    assert refusal(rating.decide_appeal, "clerk", "upheld", "w", MONDAY) == "rating.of_your_own_work"


def test_the_citizen_ends_it_or_sends_it_up_and_after_the_county_it_is_over():
    mended, not_mended = answered(), answered()
    mended.confirm(True, "", TERMS, DAYS, MONDAY)
    assert (mended.state, mended.closed_at) == ("mended", MONDAY)
    events = not_mended.confirm(False, "没有补", TERMS, DAYS, MONDAY)
    assert [name for name, _ in events] == ["rating.raised"] and events[0][1]["county"] == "510183"
    assert (not_mended.state, not_mended.raised, not_mended.raised_why) == ("to_call", True, "not_mended")
    last = answered(raised=True)
    last.confirm(False, "还是没有", TERMS, DAYS, MONDAY)
    assert last.state == "not_mended" and len(last.rounds) == 2


def test_what_is_late_goes_up_once_and_the_county_stays_with_it():
    rating = called()
    assert rating.fall_due(TERMS, DAYS, rating.mend_by) == []
    [(name, told)] = rating.fall_due(TERMS, DAYS, rating.mend_by + timedelta(seconds=1))
    assert (name, told["why"], rating.state) == ("rating.raised", "overdue", "to_call")
    later = [name for name, _ in rating.fall_due(TERMS, DAYS, MUCH_LATER)]
    assert later == ["rating.solved_asked"] and rating.due is None
    assert rating.fall_due(TERMS, DAYS, MUCH_LATER) == []


def test_what_the_citizen_leaves_is_over_after_its_days_and_says_so():
    rating = answered()
    end = rating.confirm_by
    assert rating.fall_due(TERMS, DAYS, end) == []
    names = [name for name, _ in rating.fall_due(TERMS, DAYS, end + timedelta(seconds=1))]
    assert names == ["rating.closed"] and rating.state == "unconfirmed"


def test_four_weeks_later_it_is_asked_once_and_answered_once():
    rating = given(5)
    assert refusal(rating.tell_solved, "yes", MONDAY) == "rating.not_asked_yet"
    assert rating.fall_due(TERMS, DAYS, MONDAY + timedelta(days=27)) == []
    asked = rating.fall_due(TERMS, DAYS, MONDAY + timedelta(days=28))
    assert [name for name, _ in asked] == ["rating.solved_asked"]
    rating.tell_solved("partly", MUCH_LATER)
    assert refusal(rating.tell_solved, "no", MUCH_LATER) == "rating.told_already"
    assert rating.solved == "partly"


def test_an_appeal_is_made_once_by_who_was_rated_and_decided_by_somebody_who_had_no_part():
    rating = called()
    assert refusal(rating.appeal_against, "another", "不是我", MONDAY) == "rating.not_found"
    rating.appeal_against("clerk", "没有来办过", MONDAY)
    assert refusal(rating.appeal_against, "clerk", "再来", MONDAY) == "rating.appealed_already"
    assert refusal(rating.decide_appeal, "head", "upheld", "w", MONDAY) == "rating.appeal_of_your_own_case"
    names = [name for name, _ in rating.decide_appeal("county", "upheld", "核实没有办过", MONDAY)]
    assert names == ["rating.appeal_decided", "rating.closed"] and rating.state == "malicious"
    assert rating.level == 1 and rating.appeal["why"] == "核实没有办过"
    assert refusal(rating.decide_appeal, "county", "dismissed", "w", MONDAY) == "rating.no_open_appeal"


def test_a_dismissed_appeal_leaves_the_case_as_it_was_and_what_is_mended_was_not_malicious():
    rating = answered()
    rating.appeal_against("clerk", "没有来办过", MONDAY)
    rating.decide_appeal("county", "dismissed", "来办过", MONDAY)
    assert rating.state == "answered"
    rating.confirm(True, "", TERMS, DAYS, MONDAY)
    mended = answered()
    mended.confirm(True, "", TERMS, DAYS, MONDAY)
    assert refusal(mended.appeal_against, "clerk", "不服", MONDAY) == "rating.step_does_not_fit"


def test_erased_it_says_nothing_that_anybody_wrote_and_asks_nothing():
    rating = answered(raised=True)
    rating.appeal_against("clerk", "没有来办过", MONDAY)
    assert [name for name, _ in rating.erase("r1", MONDAY)] == ["rating.closed"]
    left = str((rating.comment, rating.rounds, rating.appeal))
    assert not any(word in left for word in ("收件单", "没有", "再问", "跑"))
    assert (rating.level, rating.state, rating.due) == (1, "unconfirmed", None)


STEPS = {
    "call_back": ("head", "s", MONDAY),
    "answer": ("head", "a", TERMS, DAYS, MONDAY),
    "confirm": (True, "", TERMS, DAYS, MONDAY),
    "appeal_against": ("clerk", "r", MONDAY),
    "decide_appeal": ("county", "dismissed", "w", MONDAY),
    "tell_solved": ("yes", MONDAY),
}
FITTING = {
    "call_back": {"to_call"},
    "answer": {"mending"},
    "confirm": {"answered"},
    "appeal_against": {"to_call", "mending", "answered", "unconfirmed", "not_mended"},
    "decide_appeal": set(),
    "tell_solved": set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_in_every_state_is_done_or_refused_by_name(step, state):
    rating = called()
    rating.state = state
    if state in FITTING[step]:
        assert getattr(rating, step)(*STEPS[step])
    else:
        assert refusal(getattr(rating, step), *STEPS[step]).startswith("rating.")
    assert rating.level == 1


def test_the_months_of_a_clerk_are_those_that_are_over():
    months = months_before(datetime(2026, 12, 1, 3, tzinfo=UTC))
    assert (months[0], len(months)) == ("2026-10", 12)
    months = months_before(datetime(2026, 12, 3, tzinfo=UTC))
    assert months[0] == "2026-11" and all(one > other for one, other in pairwise(months))
