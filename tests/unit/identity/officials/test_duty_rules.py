"""An office rests at night and on days off, a night belongs to the day on which it began, and duty does not go on for ever."""

from datetime import date, datetime, timedelta, timezone

import pytest

from services.chassis.core.errors import Rejected
from services.chassis.core.settings import WrongSetting
from services.civic.settings import CivicSettings
from services.civic.working_days import published_working_days
from services.identity.officials.duties.hours import OfficeHours
from services.identity.officials.duties.model import Rota
from services.identity.officials.duties.model import only_a_town_or_a_village_has_a_rota as only_an_office

CHINA = timezone(timedelta(hours=8))
MONDAY = date(2026, 11, 23)
NIGHT = OfficeHours("20:00-08:00", True, published_working_days().is_working)
WEEK = ["a", "b", "a", "b", "a", "b", None]


def at(day: int, hour: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=CHINA)


def rota(week=None) -> Rota:
    return Rota("510183103204", "510183103204", week or WEEK, "028-88790000", "20:00-08:00", True)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(23, 8), None),
        (at(23, 19), None),
        (at(23, 20), at(24, 8)),
        (at(24, 7), at(24, 8)),
        (at(27, 21), at(30, 8)),
        (at(28, 12), at(30, 8)),
        (at(29, 23), at(30, 8)),
    ],
    ids=["at eight", "before the evening", "in the evening", "at dawn", "Friday night", "Saturday", "Sunday"],
)
def test_an_office_rests_from_evening_to_morning_and_over_the_weekend(now, until):
    assert NIGHT.rests_until(now) == until


def test_holidays_count_as_days_off_and_swapped_workdays_do_not():
    assert NIGHT.rests_until(at(1, 12, month=10)) == at(8, 8, month=10)
    assert NIGHT.rests_until(at(10, 12, month=10)) is None, "a Saturday that is worked"


def test_an_office_that_works_every_day_rests_at_night_only_and_one_without_quiet_hours_never():
    every_day = OfficeHours("20:00-08:00", False, published_working_days().is_working)
    assert every_day.rests_until(at(28, 12)) is None and every_day.rests_until(at(28, 21)) == at(29, 8)
    assert OfficeHours("00:00-00:00", False, bool).rests_until(at(28, 3)) is None


def test_a_night_belongs_to_the_day_on_which_it_began():
    days = [NIGHT.duty_day(one).day for one in (at(23, 23), at(24, 7), at(24, 8))]
    assert days == [23, 23, 24]


def test_a_single_day_goes_before_the_week():
    one = rota()
    told = one.change(MONDAY, "c", MONDAY, 7)
    assert [one.of_day(MONDAY + timedelta(days=n)) for n in (0, 1, 6, 7)] == ["c", "b", None, "a"]
    assert told == [("rota.changed", {"day": "2026-11-23", "official_id": "c"})]


def test_past_days_are_forgotten_and_yesterdays_night_is_not():
    one = rota()
    for day in range(3):
        one.change(MONDAY + timedelta(days=day), "c", MONDAY + timedelta(days=day), 7)
    assert list(one.days) == ["2026-11-24", "2026-11-25"]


@pytest.mark.parametrize("day", [-1, 35])
def test_the_past_and_the_far_future_are_not_changed(day):
    with pytest.raises(Rejected, match=r"rota\.day_not_possible"):
        rota().change(MONDAY + timedelta(days=day), "c", MONDAY, 7)


@pytest.mark.parametrize("week", [["a"] * 7, ["a", "a", None, "a", "a", "a", "a"]])
def test_nobody_is_on_duty_for_too_many_days_in_a_row_also_over_the_end_of_the_week(week):
    with pytest.raises(Rejected, match=r"rota\.too_many_days"):
        rota(week).set(week, "028-88790000", "20:00-08:00", True, MONDAY, 4)


def test_a_swap_that_makes_a_row_too_long_is_refused_and_the_longest_that_is_allowed_is_not():
    one = rota(["a", "a", "a", None, "b", "b", None])
    with pytest.raises(Rejected, match=r"rota\.too_many_days"):
        one.change(MONDAY + timedelta(days=3), "a", MONDAY, 3)
    assert rota(["a", "a", "a", None, "b", "b", None]).change(MONDAY + timedelta(days=3), "a", MONDAY, 4)


def test_a_county_has_no_rota_and_a_duty_of_no_days_is_no_setting():
    with pytest.raises(Rejected, match=r"rota\.no_office"):
        only_an_office("510183")
    with pytest.raises(WrongSetting):
        CivicSettings.from_environment({"DUTY_MOST_DAYS": "0"})
