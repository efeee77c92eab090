"""The clock's door: subscriptions whose time is over."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.subscribers.departments import usecases

SWEEP_SECONDS = 30
"""How late an account is closed at most; delivery itself ends on the second."""


class DepartmentTimers:
    """Sweeps; `departments` and `streams` are declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_departments(self):
        usecases.end_what_is_over(self.departments, self.streams, Call({}, SYSTEM))
