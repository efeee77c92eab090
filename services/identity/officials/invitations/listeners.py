"""A link that was made is sent to the phone."""

from services.chassis.listeners import hears
from services.identity.officials.invitations import usecases


class InvitationListeners:
    """Has links sent; `invitations` is declared by the doors, `reach` is wired in the service."""

    @hears("identity.invitation.sent", queue="invitations")
    def on_identity_invitation_sent(self, event, call):
        usecases.send(self.invitations, self.reach.texting, event, call)
