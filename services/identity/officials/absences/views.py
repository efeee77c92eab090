"""What can be read of leaves: one's own on either side, and those in an administrator's regions."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.identity.officials.absences.contract import ADMINISTRATORS
from services.identity.officials.absences.ports import EventArchive
from services.identity.officials.absences.store import AbsenceStore

SIDES = {"absent": "official_id", "stand_in": "stand_in_id"}


def parties_and_administrators(actor: CivicActor) -> dict:
    """Give the filter of the leaves that concern somebody: absent, standing in, or in a region they administer."""
    either = [{field: actor.id} for field in SIDES.values()]
    return {"$or": [*either, scope_filter(actor, *ADMINISTRATORS)]}


def in_scope(leaves: AbsenceStore, call: Call) -> dict:
    """Give a page of the leaves in the caller's regions, latest first day first."""
    where = scope_filter(call.actor, *ADMINISTRATORS) | {"state": call.data["state"]}
    return page(leaves.documents, where, call.data, ("begins_at", -1), leaves.from_document)


def mine(leaves: AbsenceStore, call: Call) -> dict:
    """Give a page of the caller's own leaves, or of those in which the caller stands in."""
    where = {SIDES[call.data["side"]]: call.actor.id}
    return page(leaves.documents, where, call.data, ("begins_at", -1), leaves.from_document)


def acts(leaves: AbsenceStore, feed: EventArchive, call: Call) -> dict:
    """Give a page of what was done in the absent one's role; `feed` keeps every event."""
    leave = leaves.get(call.data["leave_id"], scope=parties_and_administrators(call.actor))
    days = {"at": {"$gte": leave.begins_at, "$lt": leave.ends_at}}
    where = {"acted_for": leave.official_id, "acted_by": leave.stand_in_id, "$and": [days]}
    return page(feed.documents, where, call.data, ("at", -1), _act)


def _act(document: dict) -> dict:
    event = document["event"]
    told = {name: event[name] for name in ("subject", "region", "acted_by", "acted_for")}
    return {**told, "event": document["name"], "at": document["at"]}
