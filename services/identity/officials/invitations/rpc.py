"""The invitations' doors; who opens a link has no account yet."""

from services.chassis.core.actor import ANYONE
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.officials.invitations import contract, usecases
from services.identity.officials.invitations.links import Links
from services.identity.officials.invitations.store import InvitationStore
from services.identity.officials.invitations.views import ADMINISTRATORS, in_scope


class InvitationEndpoints:
    """Sending, taking back and accepting; `appointing`, `password_is_good` and `passwords` are wired in the service."""

    invitations = Provided(InvitationStore)
    invitation_links = Provided(Links)

    @rpc(contract.InviteOfficial, contract.Invited, allow=ADMINISTRATORS, writes=True, remember=False)
    def invite_official(self, call):
        return usecases.invite(self.invitations, self.appointing, self.invitation_links, call)

    @rpc(contract.FindInvitation, contract.Invited, allow=ADMINISTRATORS, writes=True, remember=False)
    def resend_invitation(self, call):
        scope = scope_filter(call.actor, *ADMINISTRATORS)
        return usecases.send_anew(self.invitations, self.appointing, self.invitation_links, scope, call)

    @rpc(contract.FindInvitation, contract.Invitation, allow=ADMINISTRATORS, writes=True)
    def revoke_invitation(self, call):
        scope = scope_filter(call.actor, *ADMINISTRATORS)
        return usecases.revoke(self.invitations, self.appointing, scope, call)

    @rpc(contract.ListInvitations, contract.InvitationPage, allow=ADMINISTRATORS)
    def list_invitations(self, call):
        return in_scope(self.invitations, call)

    @rpc(contract.OpenInvitation, contract.OpenedInvitation, allow=(ANYONE,))
    def open_invitation(self, call):
        return usecases.look(self.invitations, self.appointing, self.invitation_links, call)

    @rpc(contract.AcceptInvitation, contract.AcceptedInvitation, allow=(ANYONE,), writes=True)
    def accept_invitation(self, call):
        return usecases.accept(
            self.invitations,
            self.appointing,
            self.invitation_links,
            self.password_is_good,
            self.passwords,
            call,
        )
