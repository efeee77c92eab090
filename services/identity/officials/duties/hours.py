"""When an office rests: its quiet hours, and weekends and holidays of the published calendar."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from services.chassis.core.clock import CHINA, day_of, moment_of
from services.civic.quiet_hours import QuietHours
from services.identity.officials.duties.model import Rota

MOST_DAYS_OFF = 20
"""Longer than any row of holidays."""


class OfficeHours:
    """Tells what a moment is to an office; `is_working(day)` is the calendar."""

    def __init__(self, quiet_hours: str, rests_on_days_off: bool, is_working: Callable[[date], bool]):
        self._quiet, self._rests = QuietHours.read(quiet_hours), rests_on_days_off
        self._is_working = is_working

    @classmethod
    def of(cls, rota: Rota, is_working: Callable[[date], bool]) -> "OfficeHours":
        """Make them from a rota."""
        return cls(rota.quiet_hours, rota.rests_on_days_off, is_working)

    def rests_until(self, now: datetime) -> datetime | None:
        """When the office works again, None where it works now."""
        at = now
        for _ in range(MOST_DAYS_OFF):
            end = self._end_of(at)
            if end is None:
                break
            at = end
        return at if at > now else None

    def duty_day(self, now: datetime) -> date:
        """The day whose duty holds: a night belongs to the day on which it began."""
        local = now.astimezone(CHINA)
        overnight = self._quiet.begin > self._quiet.end
        return local.date() - timedelta(days=overnight and local.time() < self._quiet.end)

    def _end_of(self, at: datetime) -> datetime | None:
        day = day_of(at)
        if self._rests and not self._is_working(day):
            return moment_of(day + timedelta(days=1), self._quiet.end)
        return self._quiet.end_of(at)
