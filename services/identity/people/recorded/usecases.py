"""What a village does with people without an account: load -> decide -> save.

Linking and ending change the household as well: both are written at once, or neither.
"""

from services.identity.people.papers import mask_id_number, the_id_number_is_valid
from services.identity.people.recorded.model import (
    RecordedPerson,
    nobody_is_born_later,
    who_has_registered_is_not_recorded,
)

BIRTH_YEAR = slice(6, 10)


def record(recorded, residents, villages, identity_hash, within, call) -> RecordedPerson:
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
    for name, value in _told(identity_hash, call).items():
        setattr(person, name, value)
    nobody_is_born_later(person.birth_year, call.now.year)
    known = residents.certified_by_number([person.id_number_hash] if person.id_number_hash else [])
    who_has_registered_is_not_recorded(any(one.region == village for one in known))
    recorded.add(person, person.enter(), call)
    return person


def correct(recorded, identity_hash, scope, call) -> RecordedPerson:
    """Correct what was recorded; raises as recording does."""
    person = recorded.get(call.data["person_id"], call, scope)
    recorded.save(person, person.correct(_told(identity_hash, call), call.now.year), call)
    return person


def link(recorded, residents, households, scope, call) -> RecordedPerson:
    """Say which resident it is; raises NotFound for a resident of elsewhere, Conflict for one in another household."""
    person = recorded.get(call.data["person_id"], call, scope)
    resident = residents.get(call.data["resident_id"], scope={"region": person.region})
    told = person.link(resident.id, resident.id_number_hash, resident.state == "certified")
    household = households.find_of(person.id)
    with recorded.at_once():
        recorded.save(person, told, call)
        if household:
            households.save(household, household.know_as(person.id, resident.id), call.without_key())
    return person


def end(recorded, households, scope, call) -> RecordedPerson:
    """The person died, moved away or was recorded by mistake: no household keeps them."""
    person = recorded.get(call.data["person_id"], call, scope)
    told = person.end(call.data["kind"])
    household = households.find_of(person.id)
    with recorded.at_once():
        recorded.save(person, told, call)
        if household:
            households.save(household, household.remove(person.id, call.now), call.without_key())
    return person


def _told(identity_hash, call) -> dict:
    """Give what is told of a person; an ID number tells the year of birth."""
    asked = call.data
    told = {name: asked[name] for name in ("name", "birth_year") if name in asked}
    if "id_number" in asked:
        number = the_id_number_is_valid(asked["id_number"], call.now.date())
        told |= {"id_number_hash": identity_hash(number), "masked_id_number": mask_id_number(number)}
        told["birth_year"] = int(number[BIRTH_YEAR])
    return told
