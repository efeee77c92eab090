"""The clock's endpoint: invitations to which nobody came."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.officials.invitations import usecases
from services.identity.officials.invitations.store import InvitationStore

SWEEP_SECONDS = 600


class InvitationTimers:
    """Sweeps; `invitations` is declared by the endpoints."""

    invitations: InvitationStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_invitations(self) -> None:
        usecases.lapse(self.invitations, Call({}, SYSTEM))
