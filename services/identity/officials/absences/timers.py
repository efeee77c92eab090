"""The clock's endpoint: absences that begin and end."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.officials.absences import usecases
from services.identity.officials.absences.store import AbsenceStore

SWEEP_SECONDS = 30
"""How late beginning and end are told at most; the role itself is held and lost by the second."""


class AbsenceTimers:
    """Sweeps; `absences` is declared by the endpoints."""

    absences: AbsenceStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_leaves(self) -> None:
        usecases.tick(self.absences, Call({}, SYSTEM))
