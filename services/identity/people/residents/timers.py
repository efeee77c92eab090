"""The clock's endpoint: residents whom a village lets wait too long."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.residents import usecases
from services.identity.people.residents.store import ResidentStore

SWEEP_SECONDS = 10
"""How often each process of the service looks; a resident reaches the town that much late at most."""


class ResidentTimers:
    """Sweeps; `residents` is declared by the endpoints."""

    residents: ResidentStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_residents(self) -> None:
        usecases.escalate_what_is_overdue(self.residents, Call({}, SYSTEM))
