"""Working days of the Chinese calendar: weekends, holidays and swapped workdays (行政许可法 art. 82)."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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


Term = tuple[int, str]
"""So many days, and whether they are "working" days or those of the "calendar"."""

Pause = tuple[date, date]
"""A time that is not counted: the day on which it begins, which still counts, and the last day that does not."""


@dataclass(frozen=True)
class WorkingDays:
    """The calendar: `special` tells of announced days whether they are worked; others go by the rule and the weekday.

    A notice swaps weekends and never makes a day worked that the rule keeps free. `number` counts the changes that a county has
    made to it; whatever was counted by a lower one is counted anew.
    """

    special: Mapping[date, bool]
    last_published_year: int
    number: int = 0

    def of(self, region: str) -> "WorkingDays":
        """Give the calendar of a place: this one, where no county keeps one of its own."""
        return self

    def changed(self, days: Mapping[date, bool], last_published_year: int, number: int) -> "WorkingDays":
        """Give the calendar with the days that a county has changed, and the years that it has entered."""
        year = max(self.last_published_year, last_published_year)
        return replace(self, special={**self.special, **days}, last_published_year=year, number=number)

    def is_off_by_law(self, day: date) -> bool:
        """Tell whether the national rule itself keeps this day free."""
        return day in statutory_holidays(day.year)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on this day."""
        return not self.is_off_by_law(day) and self.special.get(day, day.weekday() < 5)

    def is_provisional(self, day: date) -> bool:
        """Tell whether the holidays of this day's year are not announced yet."""
        return day.year > self.last_published_year

    def counts(self, day: date, unit: str) -> bool:
        """Tell whether a day is one of a term in this unit."""
        return unit == "calendar" or self.is_working(day)

    def after(self, moment: datetime, days: int) -> Deadline:
        """The end of the n-th working day after the moment's day, which itself does not count."""
        return self.end_of(moment, [(days, "working")])

    def end_of(self, moment: datetime, terms: Iterable[Term], pauses: Iterable[Pause] = ()) -> Deadline:
        """The end of terms that run one after another from the day after the moment's on (民法典 art. 201), without what is not counted."""
        day, provisional, out = day_of(moment), False, list(pauses)
        for days, unit in terms:
            while days > 0:
                day += timedelta(days=1)
                days -= self.counts(day, unit) and not in_a_pause(day, out)
                provisional = provisional or (unit == "working" and self.is_provisional(day))
        return Deadline(end_of_the_day(day), provisional)

    def end_of_day(self, moment: datetime, days: int) -> datetime:
        """The end of the n-th day of the calendar, worked or not, after the moment's day."""
        return end_of_the_day(day_of(moment) + timedelta(days=days))


def in_a_pause(day: date, pauses: Iterable[Pause]) -> bool:
    """Tell whether a day lies in a time that is not counted: the day on which that begins still counts, the one on which it ends does not."""
    return any(began < day <= last for began, last in pauses)


def end_of_the_day(day: date) -> datetime:
    """Give the last moment of a day in China that is in time, in UTC."""
    return moment_of(day, END_OF_DAY)


@lru_cache(maxsize=1)
def published_working_days(path: Path = CALENDAR) -> WorkingDays:
    """Read the published calendar, columns date, kind (holiday or workday) and name; once per process.

    Its last day's year is the last published one.
    """
    with path.open(encoding="utf-8", newline="") as file:
        kinds = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    return WorkingDays({day: kind == "workday" for day, kind in kinds.items()}, max(kinds).year)
