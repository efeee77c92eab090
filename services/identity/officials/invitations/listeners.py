"""A link that was made is sent to the phone."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.officials.invitations import usecases
from services.identity.officials.invitations.ports import Reach
from services.identity.officials.invitations.store import InvitationStore


class InvitationListeners:
    """Has links sent; `invitations` is declared by the endpoints, `reach` is wired in the service."""

    invitations: InvitationStore
    reach: Reach

    @hears("identity.invitation.sent", queue="invitations")
    def on_identity_invitation_sent(self, event: Envelope, call: Call) -> None:
        usecases.send(self.invitations, self.reach.texting, event, call)
