"""What can be read of officials, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.identity.officials.staff.contract import ADMINISTRATORS, COMMITTEE
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore


def in_sight(actor: CivicActor) -> dict:
    """Filter the officials: an administrator's regions, or the committee's own for one of its officers."""
    if actor.has_role(*ADMINISTRATORS):
        return scope_filter(actor, *ADMINISTRATORS)
    return {**scope_filter(actor, COMMITTEE), "role": COMMITTEE}


def one(officials: OfficialStore, call: Call) -> Official:
    """One official whom the caller may see, dismissed or not, with the full name."""
    return officials.get(call.data["official_id"], scope=in_sight(call.actor))


def in_scope(officials: OfficialStore, call: Call) -> dict:
    """A page of the officials whom the caller may see, by login."""
    return page(officials.documents, in_sight(call.actor), call.data, ("login", 1), officials.from_document)
