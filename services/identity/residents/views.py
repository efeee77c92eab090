"""What can be read of residents, always within the reader's scope."""

from services.chassis.calls import Call
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.residents.store import ResidentStore

OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")


def oneself(call: Call) -> dict:
    """Give the filter of the caller's own entry."""
    return {"_id": call.actor.id}


def one(residents: ResidentStore, call: Call):
    """Give one resident: a resident sees only the own entry, an official those of the own regions."""
    if call.actor.kind == "resident":
        return residents.get(call.data["resident_id"], scope=oneself(call))
    return residents.get(call.data["resident_id"], scope=scope_filter(call.actor, *OFFICIALS))


def waiting(residents: ResidentStore, call: Call) -> dict:
    """Give a page of the region's residents in a state, longest waiting first."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    if call.data["escalated"] is not None:
        where["escalated"] = call.data["escalated"]
    return page(residents.documents, where, call.data, ("registered_at", 1), residents.from_document)
