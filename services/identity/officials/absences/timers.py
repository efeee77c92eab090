"""The clock's door: leaves that begin and end."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.officials.absences import usecases

SWEEP_SECONDS = 30
"""How late beginning and end are told at most; the role itself is held and lost by the second."""


class AbsenceTimers:
    """Sweeps; `leaves` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_leaves(self):
        usecases.tick(self.leaves, Call({}, SYSTEM))
