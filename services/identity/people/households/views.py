"""What can be read of households: the own one, and those of an official's regions; always with masked names."""

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.households.contract import OFFICIALS
from services.identity.people.households.model import Household, Member
from services.identity.people.households.ports import Villagers
from services.identity.people.households.store import HouseholdStore

UNKNOWN: dict = {"name": None, "registered": True}
"""What is shown of a member who is nobody's entry any more."""


def one(households: HouseholdStore, known_persons: Villagers, call: Call) -> dict:
    """Find one household of the official's regions."""
    found = households.get(call.data["household_id"], scope=scope_filter(call.actor, *OFFICIALS))
    return _named([found], known_persons)[0]


def own(households: HouseholdStore, known_persons: Villagers, call: Call) -> dict:
    """Find the household that the caller belongs to; raises NotFound."""
    found = households.find_of(call.actor.id)
    if not found:
        raise NotFound("household.not_entered", "您还没有登记在任何一户，请到村委会办理。")
    return _named([found], known_persons)[0]


def in_scope(households: HouseholdStore, known_persons: Villagers, call: Call) -> dict:
    """List the regions' households in a state, oldest entry first, all or those with a mark."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    if call.data["mark"]:
        where[f"marked.{call.data['mark']}"] = True
    found = page(households.documents, where, call.data, ("formed_at", 1), _row)
    names = _names(known_persons, [id for row in found["items"] for id in row["member_ids"]])
    for row in found["items"]:
        row["members"] = [{"resident_id": id, **names.get(id, UNKNOWN)} for id in row["member_ids"]]
    return found


def _row(document: dict) -> dict:
    """What a list shows without opening anything: who belongs to it, and what it can be looked for by."""
    return {**document, "id": document["_id"], "marks": sorted(document["marked"])}


def _names(known_persons: Villagers, ids: list[str]) -> dict[str, dict]:
    return {one.id: {"name": one.name, "registered": one.registered} for one in known_persons.find(ids)}


def _named(found: list[Household], known_persons: Villagers) -> list[dict]:
    """Add the masked names of all members, looked up at once."""
    names = _names(known_persons, [id for each in found for id in each.member_ids])

    def named(member: Member) -> dict:
        return {**vars(member), **names.get(member.resident_id, UNKNOWN)}

    return [{**vars(each), "members": [named(one) for one in each.members]} for each in found]
