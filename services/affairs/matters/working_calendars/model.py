"""A county's changes to the announced calendar, and the rules of changing it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.chassis.core.errors import Conflict, Rejected

if TYPE_CHECKING:
    from services.civic.working_days import WorkingDays

OFF, WORKED = "day_off", "workday"
YEARS_AHEAD = 2
MOST_CHANGES = 2000
SHOWN_CHANGES = 50

Told = list[tuple[str, dict]]


@dataclass
class WorkingCalendar:
    """`id` and `region` are the county's code; `days` are {day, kind, reason, at}, a day once, in their order; `entered_year` is the last year that the county has entered, 0 none, `announced_year` the last one that
    came with the program.

    `changes` are {number, what, day, reason, by, at}: nothing of them is taken back. `number` counts them.
    """

    id: str
    region: str
    days: list[dict] = field(default_factory=list)
    entered_year: int = 0
    announced_year: int = 0
    changes: list[dict] = field(default_factory=list)
    number: int = 0
    version: int = 0

    @property
    def published_year(self) -> int:
        """The last year whose days are all known: dates after it are provisional."""
        return max(self.entered_year, self.announced_year)

    @property
    def recent_changes(self) -> list[dict]:
        """The last changes, the newest first."""
        return self.changes[-1 : -SHOWN_CHANGES - 1 : -1]

    def on(self, announced: WorkingDays) -> WorkingDays:
        """Give the announced calendar with what the county has changed."""
        self.announced_year = announced.last_published_year
        days = {date.fromisoformat(one["day"]): one["kind"] == WORKED for one in self.days}
        return announced.changed(days, self.entered_year, self.number)

    def change(
        self, day: date, kind: str, reason: str, by: str, announced: WorkingDays, now: datetime
    ) -> Told:
        """Say of a day to come that it is off, or worked; raises Rejected by a rule, Conflict where it is so already."""
        only_days_to_come_are_changed(day, day_of(now))
        only_the_next_years_are_changed(day, day_of(now))
        a_day_off_by_law_is_never_worked(announced.is_off_by_law(day), kind)
        it_is_not_so_already(self.on(announced).is_working(day), kind)
        others = [one for one in self.days if one["day"] != day.isoformat()]
        changed = {"day": day.isoformat(), "kind": kind, "reason": reason, "at": now}
        self.days = sorted([*others, changed], key=lambda one: one["day"])
        self._note(kind, day.isoformat(), reason, by, now)
        return [self._changed(day, announced)]

    def withdraw(self, day: date, reason: str, by: str, announced: WorkingDays, now: datetime) -> Told:
        """Let a day to come be what was announced; raises Conflict where the county has not changed it."""
        only_days_to_come_are_changed(day, day_of(now))
        only_what_was_changed_is_withdrawn([one["day"] for one in self.days], day)
        self.days = [one for one in self.days if one["day"] != day.isoformat()]
        self._note("withdrawn", day.isoformat(), reason, by, now)
        return [self._changed(day, announced)]

    def publish(self, year: int, by: str, announced: WorkingDays, now: datetime) -> Told:
        """Say that all of the next year is entered; raises Conflict for another one."""
        years_are_published_one_after_another(year, self.on(announced).last_published_year)
        self.entered_year = year
        self._note("year_published", str(year), "", by, now)
        return [("calendar.year_published", {"year": year, "number": self.number})]

    def _note(self, what: str, day: str, reason: str, by: str, now: datetime) -> None:
        a_calendar_has_an_end(self.changes)
        self.number += 1
        noted = {"number": self.number, "what": what, "day": day, "reason": reason, "by": by, "at": now}
        self.changes = [*self.changes, noted]

    def _changed(self, day: date, announced: WorkingDays) -> tuple[str, dict]:
        working = self.on(announced).is_working(day)
        return "calendar.changed", {"day": day.isoformat(), "working": working, "number": self.number}


def only_days_to_come_are_changed(day: date, today: date) -> None:
    """What is over was worked or not: dates that rest on it were told to people."""
    if day <= today:
        raise Rejected("calendar.day_is_over", "只能改明天以后的日子，请填以后的日期。")


def only_the_next_years_are_changed(day: date, today: date) -> None:
    """A slip of the pen stands nowhere for ever."""
    if day.year > today.year + YEARS_AHEAD:
        raise Rejected(
            "calendar.year_too_far", f"最多只能改 {today.year + YEARS_AHEAD} 年以前的日子，请核对日期。"
        )


def a_day_off_by_law_is_never_worked(off_by_law: bool, kind: str) -> None:
    """No county makes a day worked that the national rule keeps free (全国年节及纪念日放假办法 art. 2)."""
    if kind == WORKED and off_by_law:
        raise Rejected("calendar.day_off_by_law", "这一天是全国法定节假日，不能改成上班，请核对日期。")


def it_is_not_so_already(working: bool, kind: str) -> None:
    """A change changes something, so that the list of changes says what was done."""
    if working == (kind == WORKED):
        raise Conflict("calendar.says_so_already", "日历上这一天已经是这样，不用再改。")


def only_what_was_changed_is_withdrawn(days: list[str], day: date) -> None:
    """What was announced the county can only change."""
    if day.isoformat() not in days:
        raise Conflict("calendar.not_changed", "县里没有改过这一天，不用撤回，请刷新后再看。")


def years_are_published_one_after_another(year: int, last: int) -> None:
    """A year is whole when its announcement is entered, and the one before it was."""
    if year <= last:
        raise Conflict("calendar.year_published_already", f"{year} 年的放假安排已经录全了，不用再办。")
    if year > last + 1:
        raise Rejected("calendar.year_before_first", f"请先录全 {last + 1} 年的放假安排。", year=last + 1)


def a_calendar_has_an_end(changes: list[dict]) -> None:
    """A document has an end: a county changes some dozens of days a year."""
    if len(changes) >= MOST_CHANGES:
        raise Rejected("calendar.too_many_changes", "改动太多了，请联系平台维护人员。")
