"""What a village does with people without an account: load -> decide -> save.

Linking and ending change the household as well: both are written at once, or neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.people.papers import mask_id_number, the_id_number_is_valid
from services.identity.people.recorded.model import (
    RecordedPerson,
    nobody_is_born_later,
    who_has_registered_is_not_recorded,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.people.recorded.ports import Households, IdentityHash, Residents, Villages
    from services.identity.people.recorded.store import RecordedStore

BIRTH_YEAR = slice(6, 10)


def record(
    recorded: RecordedStore,
    residents: Residents,
    villages: Villages,
    identity_hash: IdentityHash,
    within: Callable[[str], None],
    call: Call,
) -> RecordedPerson:
    """Record somebody; raises Rejected for a wrong number or another village, Conflict for whom the village has already.

    `within(region)` raises NotFound outside of the caller's village; who is registered elsewhere is not looked at.
    """
    village = call.data["village"]
    within(village)
    person = RecordedPerson(
        id=call.new_id("recorded person"),
        region=village,
        edition=villages.must_exist(village),
        recorded_in=village,
        name=call.data["name"],
        birth_year=None,
        recorded_by=call.actor.id,
        recorded_at=call.now,
    )
    for name, value in _known(identity_hash, call).items():
        setattr(person, name, value)
    nobody_is_born_later(person.birth_year, call.now.year)
    known = residents.certified_by_number([person.id_number_hash] if person.id_number_hash else [])
    who_has_registered_is_not_recorded(any(one.region == village for one in known))
    recorded.add(person, person.enter(), call)
    return person


def correct(recorded: RecordedStore, identity_hash: IdentityHash, scope: dict, call: Call) -> RecordedPerson:
    """Correct what was recorded; raises as recording does."""
    person = recorded.get_to_edit(call.data["person_id"], call, scope)
    recorded.save(person, person.correct(_known(identity_hash, call), call.now.year), call)
    return person


def link(
    recorded: RecordedStore, residents: Residents, households: Households, scope: dict, call: Call
) -> RecordedPerson:
    """Say which resident it is; raises NotFound for a resident of elsewhere, Conflict for one in another household."""
    person = recorded.get(call.data["person_id"], call, scope)
    resident = residents.get(call.data["resident_id"], scope={"region": person.region})
    events = person.link(resident.id, resident.id_number_hash, resident.state == "certified")
    household = households.find_of(person.id)
    with recorded.at_once():
        recorded.save(person, events, call)
        if household:
            households.save(household, household.know_as(person.id, resident.id), call.without_key())
    return person


def end(recorded: RecordedStore, households: Households, scope: dict, call: Call) -> RecordedPerson:
    """The person died, moved away or was recorded by mistake: no household keeps them."""
    person = recorded.get(call.data["person_id"], call, scope)
    events = person.end(call.data["kind"])
    household = households.find_of(person.id)
    with recorded.at_once():
        recorded.save(person, events, call)
        if household:
            households.save(household, household.remove(person.id, call.now), call.without_key())
    return person


def _known(identity_hash: IdentityHash, call: Call) -> dict:
    """What is stated of a person; an ID number tells the year of birth."""
    asked = call.data
    known = {name: asked[name] for name in ("name", "birth_year") if name in asked}
    if "id_number" in asked:
        number = the_id_number_is_valid(asked["id_number"], call.now.date())
        known |= {"id_number_hash": identity_hash(number), "masked_id_number": mask_id_number(number)}
        known["birth_year"] = int(number[BIRTH_YEAR])
    return known
