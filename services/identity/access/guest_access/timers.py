"""The clock's door: visitors whose time is over."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.access.guest_access import usecases

SWEEP_SECONDS = 600


class GuestAccessTimers:
    """Forgets; `visitors` is declared by the doors, `holding_of_a_visitor` is wired in the service."""

    @timer(interval=SWEEP_SECONDS)
    def forget_visitors(self):
        usecases.forget_what_is_due(self.visitors, self.holding_of_a_visitor, Call({}, SYSTEM))
