"""The clock's door: leaves that begin and end."""

from nameko.timer import timer

from services.chassis.actor import SYSTEM
from services.chassis.calls import Call
from services.identity.leaves import usecases

SWEEP_SECONDS = 30
"""How late beginning and end are told at most; the role itself is held and lost by the second."""


class LeaveTimers:
    """Sweeps; `leaves` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_leaves(self):
        usecases.tick(self.leaves, Call({}, SYSTEM))
