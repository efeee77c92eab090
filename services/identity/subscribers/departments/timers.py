"""The clock's endpoint: subscriptions whose time is over, or nearly."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.subscribers.departments import usecases
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams

SWEEP_SECONDS = 30
"""How late an account is closed at most; delivery itself ends on the second."""


class DepartmentTimers:
    """Sweeps; `departments` and `streams` are declared by the endpoints."""

    departments: DepartmentStore
    streams: DepartmentStreams

    @timer(interval=SWEEP_SECONDS)
    def sweep_departments(self) -> None:
        usecases.end_what_is_over(self.departments, self.streams, Call({}, SYSTEM))
        usecases.announce_ends(self.departments, Call({}, SYSTEM))
