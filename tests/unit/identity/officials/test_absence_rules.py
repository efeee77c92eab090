"""A leave is of whole Chinese days; an equal or a superior stands in, and nobody twice on one day."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.clock import moment_of
from services.chassis.core.errors import Conflict, Rejected
from services.identity.officials.absences import model
from services.identity.officials.staff.model import DIGITS_OF_ROLE

TODAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC)
TOWN, VILLAGE = "510183103", "510183103204"


def absence(days=2) -> model.Absence:
    last = TODAY + timedelta(days=days - 1)
    return model.Absence(
        "l", VILLAGE, "li", "zhang", "village_administrator", TODAY.isoformat(), last.isoformat(),
        moment_of(TODAY), moment_of(last + timedelta(days=1)), "li", MIDNIGHT,
    )  # fmt: skip


def official(id="zhang", role="town_administrator", region=TOWN, active=True, resting=False):
    return SimpleNamespace(id=id, role=role, region=region, active=active, resting=resting)


LI = official("li", "village_administrator", VILLAGE)


def names(told) -> list[str]:
    return [name for name, _ in told]


def test_a_day_begins_at_midnight_in_china():
    assert moment_of(TODAY) == MIDNIGHT


def test_a_leave_holds_from_its_first_to_its_last_moment():
    one, end = absence(), MIDNIGHT + timedelta(days=2)
    moment = timedelta(seconds=1)
    assert [one.holds(at) for at in (MIDNIGHT - moment, MIDNIGHT, end - moment, end)] == [
        False,
        True,
        True,
        False,
    ]


def test_each_day_is_taken_for_both_and_free_again_after_the_end():
    one = absence()
    assert one.taken == ["2026-11-23 li", "2026-11-23 zhang", "2026-11-24 li", "2026-11-24 zhang"]
    one.end("absent", MIDNIGHT)
    assert one.taken == [] and not one.holds(MIDNIGHT)


def test_the_clock_begins_and_ends_it_and_both_at_once_after_a_long_outage():
    one = absence()
    assert one.tick(MIDNIGHT - timedelta(seconds=1)) == [] and one.due == MIDNIGHT
    assert names(one.tick(MIDNIGHT)) == ["leave.begun"] and one.due == MIDNIGHT + timedelta(days=2)
    assert names(one.tick(one.due)) == ["leave.over"] and one.due is None
    assert names(absence().tick(MIDNIGHT + timedelta(days=9))) == ["leave.begun", "leave.over"]


def test_before_it_begins_it_is_called_off_then_ended_and_afterwards_neither():
    early, late, over = absence(), absence(), absence()
    assert names(early.end("absent", MIDNIGHT - timedelta(days=1))) == ["leave.cancelled"]
    assert names(late.end("stand_in", MIDNIGHT)) == ["leave.ended"]
    for one, now in ((early, MIDNIGHT), (late, MIDNIGHT), (over, MIDNIGHT + timedelta(days=2))):
        with pytest.raises(Conflict):
            one.end("superior", now)


@pytest.mark.parametrize(
    "stand_in",
    [official(), official("qian", "village_administrator", VILLAGE)],
    ids=["the town's", "the village's other one"],
)
def test_an_equal_or_the_superior_region_stands_in(stand_in):
    model.nobody_stands_in_who_could_not_do_the_work(LI, stand_in)


@pytest.mark.parametrize(
    "stand_in",
    [
        None,
        LI,
        official(active=False),
        official(resting=True),
        official(region="510183104"),
        official(role="clerk"),
        official("qian", "village_administrator", "510183103205"),
    ],
    ids=["nobody", "oneself", "dismissed", "a post that rests", "another town", "a clerk", "next door"],
)
def test_everybody_else_is_refused_in_the_same_words(stand_in):
    with pytest.raises(Rejected) as refused:
        model.nobody_stands_in_who_could_not_do_the_work(LI, stand_in)
    assert refused.value.code == "leave.cannot_stand_in"


def test_every_role_has_its_stand_ins_and_nobody_below_is_one():
    assert set(model.STAND_INS) == set(DIGITS_OF_ROLE)
    for role, others in model.STAND_INS.items():
        assert all(min(DIGITS_OF_ROLE[one]) <= max(DIGITS_OF_ROLE[role]) for one in others), role


@pytest.mark.parametrize("role", ["county_administrator", "discipline_officer", "data_officer", "auditor"])
def test_whoever_watches_over_administrators_is_replaced_by_an_equal_only(role):
    assert model.STAND_INS[role] == (role,)


@pytest.mark.parametrize(("first", "last"), [(-1, 0), (2, 1), (0, 92), (367, 368)])
def test_days_that_are_past_turned_round_too_many_or_too_far_away_are_refused(first, last):
    days = [TODAY + timedelta(days=one) for one in (first, last)]
    with pytest.raises(Rejected):
        model.an_absence_is_of_whole_days_from_today_on(*days, MIDNIGHT)


def test_today_in_china_counts_although_it_is_yesterday_in_utc():
    model.an_absence_is_of_whole_days_from_today_on(TODAY, TODAY + timedelta(days=91), MIDNIGHT)


@pytest.mark.parametrize("gone", [{"active": False}, {"resting": True}])
def test_whose_post_is_gone_or_rests_takes_no_leave(gone):
    with pytest.raises(Rejected):
        model.only_an_official_in_office_is_absent(official(**gone))
