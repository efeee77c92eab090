"""The clock's endpoint: subscriptions whose time is over, or nearly."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.subscribers.departments import usecases
from services.identity.subscribers.departments.store import DepartmentStore

SWEEP_SECONDS = 30
"""How late an end is written at most; delivery itself ends on the second."""


class DepartmentTimers:
    """Sweeps; `departments` is declared by the listeners."""

    departments: DepartmentStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_departments(self) -> None:
        usecases.end_what_is_over(self.departments, Call({}, SYSTEM))

    @timer(interval=SWEEP_SECONDS)
    def announce_ends_of_subscriptions(self) -> None:
        usecases.announce_ends(self.departments, Call({}, SYSTEM))
