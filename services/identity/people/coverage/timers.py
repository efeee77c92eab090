"""The clock's endpoint: the figures of each day, for the trend."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.coverage import usecases
from services.identity.people.coverage.ports import Divisions
from services.identity.people.coverage.store import CoverageStore

SWEEP_SECONDS = 900
"""How long before midnight the day's last look was at most; two processes that look write the same."""


class CoverageTimers:
    """Sweeps; `coverage` is declared by the endpoints, `divisions` is wired in the service."""

    coverage: CoverageStore
    divisions: Divisions

    @timer(interval=SWEEP_SECONDS, eager=True)
    def keep_the_day_of_coverage(self) -> None:
        usecases.keep_the_day(self.coverage, self.divisions.edition_of, Call({}, SYSTEM))
