"""What can be read of absences: one's own on either side, and those in an administrator's regions."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.identity.officials.absences.contract import ADMINISTRATORS
from services.identity.officials.absences.ports import EventArchive
from services.identity.officials.absences.store import AbsenceStore

SIDES = {"absent": "official_id", "stand_in": "stand_in_id"}


def parties_and_administrators(actor: CivicActor) -> dict:
    """The filter of the absences that concern somebody: absent, standing in, or in a region they administer."""
    either = [{field: actor.id} for field in SIDES.values()]
    return {"$or": [*either, scope_filter(actor, *ADMINISTRATORS)]}


def in_scope(absences: AbsenceStore, call: Call) -> dict:
    """A page of the absences in the caller's regions, latest first day first."""
    where = scope_filter(call.actor, *ADMINISTRATORS) | {"state": call.data["state"]}
    return page(absences.documents, where, call.data, ("begins_at", -1), absences.from_document)


def mine(absences: AbsenceStore, call: Call) -> dict:
    """A page of the caller's own absences, or of those in which the caller stands in."""
    where = {SIDES[call.data["side"]]: call.actor.id}
    return page(absences.documents, where, call.data, ("begins_at", -1), absences.from_document)


def acts(absences: AbsenceStore, feed: EventArchive, call: Call) -> dict:
    """A page of what was done in the absent one's role; `feed` keeps every event."""
    absence = absences.get(call.data["leave_id"], scope=parties_and_administrators(call.actor))
    days = {"at": {"$gte": absence.begins_at, "$lt": absence.ends_at}}
    where = {"acted_for": absence.official_id, "acted_by": absence.stand_in_id, "$and": [days]}
    return page(feed.documents, where, call.data, ("at", -1), _act)


def _act(document: dict) -> dict:
    event = document["event"]
    told = {name: event[name] for name in ("subject", "region", "acted_by", "acted_for")}
    return {**told, "event": document["name"], "at": document["at"]}
