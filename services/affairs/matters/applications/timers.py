"""The clock's endpoints: applications whose time is over, and those that are counted anew because a county has changed its calendar."""

from nameko.timer import timer

from services.affairs.matters.applications import clocking
from services.affairs.matters.applications.ports import KeptCalendars
from services.affairs.matters.applications.store import ApplicationStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 5
"""How often each process of the service looks: days end at midnight, and whoever is told reads it in the morning."""


CALENDAR_SECONDS = 5
"""For so long another process may count by the calendar of before; what it counts so is counted anew."""


class ApplicationTimers:
    """Sweeps; what it works with is declared by the endpoints."""

    applications: ApplicationStore
    working_days: KeptCalendars

    @timer(interval=SWEEP_SECONDS)
    def sweep_applications(self) -> None:
        clocking.sweep(self.applications, self.working_days, Call({}, SYSTEM))

    @timer(interval=CALENDAR_SECONDS)
    def look_at_the_calendars(self) -> None:
        self.working_days.refresh()
        clocking.count_anew(self.applications, self.working_days, Call({}, SYSTEM))
