"""The clock's door: invitations to which nobody came."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.officials.invitations import usecases

SWEEP_SECONDS = 600


class InvitationTimers:
    """Sweeps; `invitations` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_invitations(self):
        usecases.lapse(self.invitations, Call({}, SYSTEM))
