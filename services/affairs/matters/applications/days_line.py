"""The line of days: each day since the receipt, what happened on it, whether it was counted, and how many are left."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of

if TYPE_CHECKING:
    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.ports import WorkingDays

MOST = 400
"""Days of a line: a page has an end."""


def line_of(application: Application, days: WorkingDays, now: datetime) -> list[dict]:
    """Give the days from the receipt to the last date, or to today where that is later; of what is closed, to its end.

    They are counted here one by one, with the same question of each day as the dates themselves: a day on which the clock stands still, or nobody
    works, takes nothing off.
    """
    begins, ends = day_of(application.submitted_at), _last(application, now)
    happened = _happened(application)
    left = _Left(application, application.promise_days)
    lawful = _Left(application, application.statutory_days)
    lines = []
    for number in range(min((ends - begins).days + 1, MOST)):
        day = begins + timedelta(days=number)
        counted = _counted(application, days, day, (left, lawful))
        lines.append(
            {
                "day": day,
                "counted": counted,
                "provisional": days.is_provisional(day),
                "happened": happened.get(day, []),
                "left": None if counted == "before" else left.days,
                "legal_left": None if counted == "before" or not application.statutory_days else lawful.days,
            }
        )
    return lines


class _Left:
    """What is left of a term, and of the extension after it."""

    def __init__(self, application: Application, days: int):
        more = application.extension or {"days": 0, "unit": application.days_unit}
        self._terms = [[days, application.days_unit], [more["days"] if days else 0, more["unit"]]]

    @property
    def days(self) -> int:
        """How many days are left."""
        return sum(days for days, _ in self._terms)

    def passes(self, day: date, days: WorkingDays) -> bool:
        """Take a day off where it is one of the term."""
        running = next((one for one in self._terms if one[0] > 0), None)
        if running is None or not days.counts(day, running[1]):
            return False
        running[0] -= 1
        return True


def _last(application: Application, now: datetime) -> date:
    if application.closed_at:
        return day_of(application.closed_at)
    known = (application.due_at, application.legal_due_at, application.act_by, now)
    return max(day_of(one) for one in known if one)


def _counted(application: Application, days: WorkingDays, day: date, terms: tuple[_Left, _Left]) -> str:
    since = application.counted_from or application.accepted_at
    if since is None or day <= day_of(since):
        return "before"
    if application.is_paused(day):
        return "suspended"
    if not any(one.days for one in terms):
        return "over"
    passed = [one.passes(day, days) for one in terms]
    return "counted" if any(passed) else "rest"


def _happened(application: Application) -> dict[date, list[str]]:
    found: dict[date, list[str]] = defaultdict(list)
    for step in application.steps:
        found[day_of(step["at"])].append(step["what"])
    return found
