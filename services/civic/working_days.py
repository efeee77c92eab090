"""Working days of the Chinese calendar: weekends, holidays and swapped workdays (行政许可法 art. 82)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

from services.chassis.core.clock import day_of, moment_of
from services.civic.statutory_holidays import statutory_holidays

CALENDAR = Path(__file__).parent / "data" / "cn_special_days_2004_2026.csv"
END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True)
class Deadline:
    """The end of a day in China, in UTC; `provisional` where that year's holidays are not announced yet."""

    at: datetime
    provisional: bool


@dataclass(frozen=True)
class WorkingDays:
    """The calendar: `special` tells of announced days whether they are worked; others go by the rule and the weekday.

    A notice swaps weekends and never makes a day worked that the rule keeps free.
    """

    special: Mapping[date, bool]
    last_published_year: int

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        return day not in statutory_holidays(day.year) and self.special.get(day, day.weekday() < 5)

    def after(self, moment: datetime, days: int) -> Deadline:
        """The end of the n-th working day after the moment's day, which itself does not count."""
        day = day_of(moment)
        while days > 0:
            day += timedelta(days=1)
            days -= self.is_working(day)
        return Deadline(_end_of(day), day.year > self.last_published_year)

    def end_of_day(self, moment: datetime, days: int) -> datetime:
        """The end of the n-th day of the calendar, worked or not, after the moment's day."""
        return _end_of(day_of(moment) + timedelta(days=days))


def _end_of(day: date) -> datetime:
    return moment_of(day, END_OF_DAY)


@lru_cache(maxsize=1)
def published_working_days(path: Path = CALENDAR) -> WorkingDays:
    """Read the published calendar, columns date, kind (holiday or workday) and name; once per process.

    Its last day's year is the last published one.
    """
    with path.open(encoding="utf-8", newline="") as file:
        kinds = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    return WorkingDays({day: kind == "workday" for day, kind in kinds.items()}, max(kinds).year)
