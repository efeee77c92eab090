"""The invitations' operations; who opens a link has no account yet."""

from services.chassis.core.scope import scope_filter
from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.officials.invitations import contract, usecases
from services.identity.officials.invitations.links import Links
from services.identity.officials.invitations.model import Invitation
from services.identity.officials.invitations.ports import Appointing, PasswordIsGood
from services.identity.officials.invitations.store import InvitationStore
from services.identity.officials.invitations.views import in_scope


class InvitationEndpoints:
    """Sending, taking back and accepting; `appointing`, `password_is_good` and `passwords` are wired in the service."""

    invitations = Provided(InvitationStore)
    invitation_links = Provided(Links)
    appointing: Appointing
    password_is_good: PasswordIsGood
    passwords: Passwords

    @rpc(contract.invite_official)
    def invite_official(self, call: Call) -> dict:
        return usecases.invite(self.invitations, self.appointing, self.invitation_links, call)

    @rpc(contract.resend_invitation)
    def resend_invitation(self, call: Call) -> dict:
        scope = scope_filter(call.actor, *contract.ADMINISTRATORS)
        return usecases.send_anew(self.invitations, self.appointing, self.invitation_links, scope, call)

    @rpc(contract.revoke_invitation)
    def revoke_invitation(self, call: Call) -> Invitation:
        scope = scope_filter(call.actor, *contract.ADMINISTRATORS)
        return usecases.revoke(self.invitations, self.appointing, scope, call)

    @rpc(contract.list_invitations)
    def list_invitations(self, call: Call) -> dict:
        return in_scope(self.invitations, call)

    @rpc(contract.open_invitation)
    def open_invitation(self, call: Call) -> Invitation:
        return usecases.look(self.invitations, self.appointing, self.invitation_links, call)

    @rpc(contract.accept_invitation)
    def accept_invitation(self, call: Call) -> Invitation:
        return usecases.accept(
            self.invitations,
            self.appointing,
            self.invitation_links,
            self.password_is_good,
            self.passwords,
            call,
        )
