"""What can be read of households: the own one, and those of an official's regions; always with masked names."""

from services.chassis.calls import Call
from services.chassis.errors import NotFound
from services.chassis.paging import page
from services.chassis.scope import scope_filter
from services.identity.households.model import Household
from services.identity.households.store import HouseholdStore

OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")


def one(households: HouseholdStore, dwellers, call: Call) -> dict:
    """Give one household of the official's regions."""
    found = households.get(call.data["household_id"], scope=scope_filter(call.actor, *OFFICIALS))
    return _named([found], dwellers)[0]


def own(households: HouseholdStore, dwellers, call: Call) -> dict:
    """Give the household that the caller belongs to; raises NotFound."""
    found = households.find_of(call.actor.id)
    if not found:
        raise NotFound("household.not_entered", "您还没有登记在任何一户，请到村委会办理。")
    return _named([found], dwellers)[0]


def in_scope(households: HouseholdStore, dwellers, call: Call) -> dict:
    """Give a page of the regions' households in a state, oldest entry first, all or those with a mark."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    if call.data["mark"]:
        where[f"marked.{call.data['mark']}"] = True
    found = page(households.documents, where, call.data, ("formed_at", 1), households.from_document)
    return {**found, "items": _named(found["items"], dwellers)}


def _named(found: list[Household], dwellers) -> list[dict]:
    """Add the masked names of all members, looked up at once."""
    people = {one.id: one for one in dwellers.find([id for each in found for id in each.member_ids])}

    def named(member) -> dict:
        known = people.get(member.resident_id)
        return {
            **vars(member),
            "name": known.name if known else None,
            "registered": not known or known.registered,
        }

    return [{**vars(each), "members": [named(one) for one in each.members]} for each in found]
