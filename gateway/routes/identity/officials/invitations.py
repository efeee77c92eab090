"""Invitations into an office; who opens a link has no account yet."""

from gateway.routing import OFFICIALS, PUBLIC, Routes
from services.identity.officials.invitations import contract

LIST, ONE = "/invitations", "/invitations/{invitation_id}"

routes = Routes("identity", "邀请任职 invitations")
routes.add("POST", LIST, "invite_official", contract.InviteOfficial, contract.Invited, OFFICIALS, status=201)
routes.add("GET", LIST, "list_invitations", contract.ListInvitations, contract.InvitationPage, OFFICIALS)
for what, door, answer in (
    ("resending", "resend_invitation", contract.Invited),
    ("revocation", "revoke_invitation", contract.Invitation),
):
    routes.add("POST", f"{ONE}/{what}", door, contract.FindInvitation, answer, OFFICIALS)
routes.add(
    "POST",
    f"{LIST}/opening",
    "open_invitation",
    contract.OpenInvitation,
    contract.OpenedInvitation,
    PUBLIC,
    keyed=False,
)
routes.add(
    "POST",
    f"{LIST}/acceptance",
    "accept_invitation",
    contract.AcceptInvitation,
    contract.AcceptedInvitation,
    PUBLIC,
    status=201,
)
