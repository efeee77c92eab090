"""Invitations into an office; who opens a link has no account yet."""

from gateway.routing import Routes
from services.identity.officials.invitations import contract

routes = Routes("邀请任职 invitations", contract)
routes.post("/invitations", contract.invite_official, status=201)
routes.get("/invitations", contract.list_invitations)
routes.post("/invitations/{invitation_id}/resending", contract.resend_invitation)
routes.post("/invitations/{invitation_id}/revocation", contract.revoke_invitation)
routes.post("/invitations/opening", contract.open_invitation)
routes.post("/invitations/acceptance", contract.accept_invitation, status=201)
