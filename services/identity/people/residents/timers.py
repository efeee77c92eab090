"""The clock's door: residents whom a village lets wait too long."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.residents import usecases

SWEEP_SECONDS = 10
"""How often each process of the service looks; a resident reaches the town that much late at most."""


class ResidentTimers:
    """Sweeps; `residents` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_residents(self):
        usecases.escalate_what_is_overdue(self.residents, Call({}, SYSTEM))
