"""What can be read of invitations, always within the reader's scope."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.invitations.store import InvitationStore

ADMINISTRATORS = ("county_administrator", "town_administrator")


def in_scope(invitations: InvitationStore, call: Call) -> dict:
    """Give a page of the invitations in the caller's regions, newest first."""
    where = scope_filter(call.actor, *ADMINISTRATORS) | {"state": call.data["state"]}
    return page(invitations.documents, where, call.data, ("invited_at", -1), invitations.from_document)
