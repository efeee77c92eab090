"""Working days against days that offices really work or close (announced for 2025 and 2026)."""

from datetime import UTC, date, datetime

import pytest

from services.chassis.core.clock import CHINA
from services.civic.working_days import published_working_days

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
