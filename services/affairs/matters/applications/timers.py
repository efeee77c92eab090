"""The clock's endpoint: applications whose time is over."""

from nameko.timer import timer

from services.affairs.matters.applications import clocking
from services.affairs.matters.applications.ports import Calendars
from services.affairs.matters.applications.store import ApplicationStore
from services.civic.actor import SYSTEM
from services.civic.calls import Call

SWEEP_SECONDS = 10
"""How often each process of the service looks: days end at midnight, and whoever is told reads it in the morning."""


class ApplicationTimers:
    """Sweeps; what it works with is declared by the endpoints."""

    applications: ApplicationStore
    working_days: Calendars

    @timer(interval=SWEEP_SECONDS)
    def sweep_applications(self) -> None:
        clocking.sweep(self.applications, self.working_days, Call({}, SYSTEM))
