"""The clock's door: the figures of each day, for the trend."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.coverage import usecases

SWEEP_SECONDS = 900
"""How long before midnight the day's last look was at most; two processes that look write the same."""


class CoverageTimers:
    """Sweeps; `coverage` is declared by the doors, `divisions` is wired in the service."""

    @timer(interval=SWEEP_SECONDS, eager=True)
    def keep_the_day_of_coverage(self):
        usecases.keep_the_day(self.coverage, self.divisions.edition_of, Call({}, SYSTEM))
