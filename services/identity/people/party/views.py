"""What can be read of the party's units and members: by administrators of their regions, and by the member."""

from datetime import timedelta

from services.chassis.core.scope import scope_filter
from services.chassis.storage.encrypted_fields import in_full
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.party.contract import ADMINISTRATORS
from services.identity.people.party.model import PartyMember, percent
from services.identity.people.party.ports import Coverage, KnownPersons
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore


def units_in_scope(units: PartyUnitStore, call: Call) -> dict:
    """List the units in the caller's regions, by name."""
    where = scope_filter(call.actor, *ADMINISTRATORS)
    return page(units.documents, where, call.data, ("name", 1), units.from_document)


def unit(units: PartyUnitStore, members: PartyMemberStore, coverage: Coverage, call: Call) -> dict:
    """Find a unit with its coverage."""
    found = units.get(call.data["unit_id"], scope=scope_filter(call.actor, *ADMINISTRATORS))
    entered, residents = members.of_unit(found.id), coverage.certified(found.region)
    since = call.now - timedelta(days=call.data["days"])
    return {
        **vars(found),
        "members": len(entered),
        "floating": sum(1 for one in entered if one.floating_to),
        "contacted": sum(1 for one in entered if one.last_contact_at and one.last_contact_at >= since),
        "certified_residents": residents,
        "percent_of_residents": percent(len(entered), residents),
    }


def members_of_unit(
    units: PartyUnitStore, members: PartyMemberStore, known_persons: KnownPersons, call: Call
) -> dict:
    """List a unit's members, longest without contact first, all or the overdue ones."""
    found = units.get(call.data["unit_id"], scope=scope_filter(call.actor, *ADMINISTRATORS))
    where: dict = {"unit_id": found.id, "active": True}
    if call.data["silent_days"]:
        overdue = {"$lt": call.now - timedelta(days=call.data["silent_days"])}
        # apart from the cursor's own bound on the same field
        where["$and"] = [{"silent_since": overdue}]
    rows = page(members.documents, where, call.data, ("silent_since", 1), members.from_document, opened=True)
    return {**rows, "items": _named(rows["items"], known_persons)}


def member(members: PartyMemberStore, known_persons: KnownPersons, call: Call) -> dict:
    """Find one member: to the member, and to administrators of the unit's region."""
    own = (
        {"_id": call.actor.id} if call.actor.kind == "resident" else scope_filter(call.actor, *ADMINISTRATORS)
    )
    found = members.get(call.data["resident_id"], scope={"$and": [own, {"active": True}]})
    return _named([found], known_persons)[0]


def _named(found: list[PartyMember], known_persons: KnownPersons) -> list[dict]:
    names = {one.id: one.name for one in known_persons.find([each.id for each in found])}
    return [{**in_full(each), "name": names.get(each.id)} for each in found]
