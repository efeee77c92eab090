"""The last days of what the law gives beside a review: 行政复议 and a lawsuit. Both run from the decision, and a review stops neither."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.civic.working_days import end_of_the_day

if TYPE_CHECKING:
    from services.affairs.matters.reviews.ports import Calendar

RECONSIDERATION_DAYS = 60
"""行政复议法 2023 art. 20(1): 自知道或者应当知道该行政行为之日起六十日内."""

LAWSUIT_MONTHS = 6
"""行政诉讼法 2017 art. 46(1): 自知道或者应当知道作出行政行为之日起六个月内."""

RECONSIDERATION_LAW = "行政复议法第二十条"
LAWSUIT_LAW = "行政诉讼法第四十六条"


@dataclass(frozen=True)
class LastDay:
    """The end of the last day that is in time; `provisional` where it falls into a year whose holidays are not announced yet."""

    at: datetime
    provisional: bool


def last_day_of_reconsideration(told: datetime, days: Calendar) -> LastDay:
    """Sixty days of the calendar after the day on which one was told (行政复议法 2023 art. 20(1), 88; 民事诉讼法 2023 art. 85)."""
    return _in_working_time(day_of(told) + timedelta(days=RECONSIDERATION_DAYS), days)


def last_day_of_a_lawsuit(told: datetime, days: Calendar) -> LastDay:
    """The same day six months later, or the last of that month (行政诉讼法 2017 art. 46(1), 101; 民法典 art. 202; 民事诉讼法 2023 art. 85)."""
    return _in_working_time(months_after(day_of(told), LAWSUIT_MONTHS), days)


def months_after(day: date, months: int) -> date:
    """The day with the same number so many months later; the month's last where it has none (民法典 art. 202)."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _in_working_time(day: date, days: Calendar) -> LastDay:
    """A last day on which nobody works is put off to the next that is worked (民事诉讼法 2023 art. 85(3))."""
    while not days.is_working(day):
        day += timedelta(days=1)
    return LastDay(end_of_the_day(day), days.is_provisional(day))
