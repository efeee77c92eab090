"""What can be read of residents, always within the reader's scope."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.residents.model import Resident
from services.identity.people.residents.operations import COUNTY, OFFICIALS
from services.identity.people.residents.store import ResidentStore


def oneself(call: Call) -> dict:
    """The filter of the caller's own entry."""
    return {"_id": call.actor.id}


def one(residents: ResidentStore, call: Call) -> Resident:
    """Find one resident: a resident sees only the own entry, an official those of the own regions.

    What a correction is to make of name, phone or number is the resident's own to read; an official says first what for.
    """
    if call.actor.kind == "resident":
        own = residents.get(call.data["resident_id"], scope=oneself(call))
        own.shows_wanted = True
        return own
    return residents.get(call.data["resident_id"], scope=scope_filter(call.actor, *OFFICIALS))


def holder(residents: ResidentStore, call: Call) -> Resident:
    """Find the entry that holds the number which this one claims; raises NotFound where there is none in the county."""
    scope = scope_filter(call.actor, "county_administrator")
    claiming = residents.get(call.data["resident_id"], scope=scope)
    return residents.get(residents.holder_of(claiming.claims or "") or "", scope=scope)


def doubles(residents: ResidentStore, call: Call) -> dict:
    """List the county's entries that seem to be the person's of another entry, longest waiting first, each with that other one."""
    where = {**scope_filter(call.actor, *COUNTY), "doubled": True}
    found = page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)
    others = residents.doubles_of(found["items"])
    for one in found["items"]:
        one.double_of = others.get(one.id)
    return found


def waiting(residents: ResidentStore, call: Call) -> dict:
    """List the region's residents in a state, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    if call.data["escalated"] is not None:
        where["escalated"] = call.data["escalated"]
    return page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)


def asking(residents: ResidentStore, call: Call) -> dict:
    """List the region's residents who ask for something, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "asked": call.data["kind"]}
    return page(residents.documents, where, call.data, ("asked_at", 1), residents.from_document, opened=True)


def arriving(residents: ResidentStore, call: Call) -> dict:
    """List those who want to come to the region, longest waiting first."""
    return page(
        residents.documents,
        arrivals(call, *OFFICIALS),
        call.data,
        ("asked_at", 1),
        residents.from_document,
        opened=True,
    )


def arrivals(call: Call, *roles: str) -> dict:
    """The filter of those whom another village has let go to the caller's."""
    return {"arriving": scope_filter(call.actor, *roles)["regions"]}


def concerned(call: Call, *roles: str) -> dict:
    """The filter of those whose move concerns the caller: the own residents, and who wants to come."""
    return {"$or": [scope_filter(call.actor, *roles), arrivals(call, *roles)]}


def or_repeated(scope: dict, call: Call) -> dict:
    """Let a repeat find what the first time took out of the caller's scope; a key belongs to one caller and one operation."""
    return {"$or": [scope, {"requests.key": call.key}]}


def reported(residents: ResidentStore, call: Call) -> dict:
    """List the region's residents whose end is reported, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "reported": call.data["kind"]}
    return page(
        residents.documents, where, call.data, ("reported_at", 1), residents.from_document, opened=True
    )
