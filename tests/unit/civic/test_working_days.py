"""Working days against days that offices really work or close (announced for 2025 and 2026)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from services.chassis.core.clock import CHINA
from services.civic.statutory_holidays import statutory_holidays
from services.civic.working_days import WorkingDays, published_working_days

CALENDAR = published_working_days()


def noon(year, month, day):
    return datetime(year, month, day, 12, tzinfo=CHINA)


def due(start, days):
    return CALENDAR.after(start, days).at.astimezone(CHINA).date()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 9, 20), True),  # a Sunday worked for National Day
        (date(2026, 10, 10), True),  # a Saturday worked for National Day
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 2, 14), True),  # a Saturday worked for the Spring Festival
        (date(2026, 2, 23), False),  # a Monday of the Spring Festival
        (date(2026, 2, 28), True),
        (date(2026, 11, 21), False),  # an ordinary Saturday
        (date(2026, 11, 23), True),
    ],
)
def test_offices_work_on_swapped_weekends_and_close_on_holidays(day, worked):
    assert CALENDAR.is_working(day) is worked


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (noon(2026, 9, 30), 1, date(2026, 10, 8)),
        (noon(2026, 9, 30), 3, date(2026, 10, 10)),
        (noon(2026, 9, 30), 4, date(2026, 10, 12)),
        (noon(2026, 2, 13), 1, date(2026, 2, 14)),
        (noon(2026, 2, 13), 2, date(2026, 2, 24)),
        (noon(2026, 2, 13), 20, date(2026, 3, 19)),
        (noon(2026, 11, 23), 5, date(2026, 11, 30)),
        (noon(2025, 9, 30), 2, date(2025, 10, 10)),
        (noon(2025, 9, 30), 3, date(2025, 10, 11)),
    ],
)
def test_a_due_date_counts_only_working_days_after_the_first_day(start, days, expected):
    assert due(start, days) == expected


def test_the_day_is_the_day_in_china():
    late_on_thursday_in_utc = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)  # Friday 01:00 in China
    assert due(late_on_thursday_in_utc, 1) == date(2026, 11, 23)


def test_a_deadline_is_the_end_of_its_day_in_utc():
    at = CALENDAR.after(noon(2026, 11, 23), 1).at
    assert at == datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)
    assert at.tzinfo is UTC


def test_a_due_date_past_the_last_published_year_is_provisional():
    assert CALENDAR.last_published_year == 2026
    assert not CALENDAR.after(noon(2026, 12, 30), 1).provisional
    assert CALENDAR.after(noon(2026, 12, 31), 1).provisional


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),  # a Friday
        date(2027, 2, 5),  # the eve of the year of the sheep, a Friday
        date(2027, 2, 8),  # the third day of its first month, a Monday
        date(2027, 4, 5),  # Qingming, a Monday
        date(2028, 4, 4),  # Qingming comes a day earlier in a leap year, a Tuesday
        date(2029, 5, 2),  # off since 2025, a Wednesday
        date(2027, 6, 9),  # Dragon Boat, a Wednesday
        date(2027, 9, 15),  # Mid-Autumn, a Wednesday
        date(2029, 10, 3),  # a Wednesday
        date(2033, 1, 31),  # the year has a leap eleventh month, in which tables err, a Monday
        date(2034, 2, 20),  # the second day of the lunar year after it, a Monday
    ],
)
def test_what_the_national_rule_keeps_free_is_free_before_the_notice_comes(day):
    assert day.weekday() < 5 and day not in CALENDAR.special
    assert not CALENDAR.is_working(day)


@pytest.mark.parametrize(
    "day",
    [date(2027, 2, 9), date(2027, 2, 4), date(2027, 4, 6), date(2027, 5, 3), date(2027, 10, 4)],
)
def test_what_the_rule_does_not_name_goes_by_the_weekday_until_the_notice_comes(day):
    assert CALENDAR.is_working(day)


def test_no_calendar_makes_a_day_worked_that_the_rule_keeps_free():
    assert not WorkingDays({date(2027, 1, 1): True}, 2027).is_working(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("day", "free"),
    [
        (date(2013, 2, 9), True),  # the eve, named from 2008 to 2013
        (date(2013, 2, 12), False),
        (date(2014, 1, 30), False),  # and named no more until 2024
        (date(2014, 2, 2), True),
        (date(2024, 2, 9), False),
        (date(2025, 1, 28), True),  # and again since
        (date(2025, 1, 31), True),
        (date(2024, 5, 2), False),
        (date(2025, 5, 2), True),
    ],
)
def test_the_rule_counts_as_it_was_in_force(day, free):
    assert (day in statutory_holidays(day.year)) is free


def test_each_notice_since_2008_closes_the_offices_on_all_days_of_the_rule():
    days = [day for year in range(2008, 2027) for day in statutory_holidays(year)]
    assert [day for day in days if CALENDAR.special.get(day, day.weekday() < 5)] == []
    assert len(days) > 19 * 10


def test_after_the_lunar_table_the_solar_days_stay_free():
    assert statutory_holidays(2071) == {
        date(2071, 1, 1), date(2071, 5, 1), date(2071, 5, 2), *(date(2071, 10, day) for day in (1, 2, 3))
    }  # fmt: skip
    assert statutory_holidays(2007) == frozenset()


def test_the_last_day_of_2005_was_worked_for_the_new_year():
    saturday = date(2005, 12, 31)
    assert CALENDAR.is_working(saturday) and not CALENDAR.is_working(saturday + timedelta(days=1))
    assert CALENDAR.is_working(date(2006, 12, 31))
