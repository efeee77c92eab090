"""What can be read of invitations, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.officials.invitations.contract import ADMINISTRATORS
from services.identity.officials.invitations.store import InvitationStore


def in_scope(invitations: InvitationStore, call: Call) -> dict:
    """A page of the invitations in the caller's regions, newest first."""
    where = scope_filter(call.actor, *ADMINISTRATORS) | {"state": call.data["state"]}
    return page(invitations.documents, where, call.data, ("invited_at", -1), invitations.from_document)
