"""What can be read of officials, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.officials.staff.contract import ADMINISTRATORS
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore


def one(officials: OfficialStore, call: Call) -> Official:
    """One official of the caller's regions, dismissed or not, with the full name."""
    return officials.get(call.data["official_id"], scope=scope_filter(call.actor, *ADMINISTRATORS))


def in_scope(officials: OfficialStore, call: Call) -> dict:
    """A page of the officials in the caller's regions, by login."""
    where = scope_filter(call.actor, *ADMINISTRATORS)
    return page(officials.documents, where, call.data, ("login", 1), officials.from_document)
