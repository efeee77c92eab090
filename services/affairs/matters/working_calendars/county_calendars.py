"""The calendars of all counties, kept in the process: whoever counts asks nobody."""

from __future__ import annotations

from pymongo.database import Database

from services.affairs.matters.working_calendars.model import WorkingCalendar
from services.affairs.matters.working_calendars.store import WorkingCalendarStore
from services.chassis.core.errors import NotFound
from services.chassis.core.scope import LEVELS
from services.civic.working_days import WorkingDays, published_working_days


class CountyCalendars:
    """One for each process. Another process's change is known after the next `refresh`; what was counted in between is counted anew by its number."""

    def __init__(self, database: Database):
        self.store = WorkingCalendarStore(database)
        self.announced = published_working_days()
        self._kept: dict[str, WorkingDays] | None = None

    def of(self, region: str) -> WorkingDays:
        """Give the calendar by which a place counts."""
        kept = self.refresh() if self._kept is None else self._kept
        return kept.get(region[: LEVELS[0]], self.announced)

    def calendar_of(self, county: str) -> WorkingCalendar:
        """Give what a county has changed; nothing yet where it has no calendar of its own."""
        try:
            found = self.store.get(county)
        except NotFound:
            found = WorkingCalendar(county, county)
        found.announced_year = self.announced.last_published_year
        return found

    def changed(self) -> list[tuple[str, WorkingDays]]:
        """Give the counties with a calendar of their own, as it was read last."""
        return sorted((self._kept or {}).items())

    def refresh(self) -> dict[str, WorkingDays]:
        """Read what the counties have changed, by their codes; a calendar that is known in a later state stays."""
        found = {one.id: one.on(self.announced) for one in self.store.every()}
        known = self._kept or {}
        self._kept = {
            county: max(days, known.get(county, days), key=lambda one: one.number)
            for county, days in found.items()
        }
        return self._kept
