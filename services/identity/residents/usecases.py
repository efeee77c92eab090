"""What is done with residents: load -> decide -> save."""

from contextlib import suppress

from services.chassis.errors import NotFound
from services.identity.residents.model import Resident, mask_id_number, the_id_number_is_valid


def register(residents, villages, passwords, identity_hash, call) -> Resident:
    """Register a person with a village; raises Rejected for a wrong ID number or village, Conflict for a second account.

    `villages.must_exist` knows the divisions; `identity_hash` is the keyed hash under which one person is recognised.
    """
    asked = call.data
    # before the password is hashed: impatient repeats would keep the service hashing and never hear an answer
    with suppress(NotFound):
        residents.get(call.new_id("resident"), call)
    number = the_id_number_is_valid(asked["id_number"], call.now.date())
    villages.must_exist(asked["village"])
    resident = Resident(
        id=call.new_id("resident"),
        region=asked["village"],
        name=asked["name"],
        id_number_hash=identity_hash(number),
        masked_id_number=mask_id_number(number),
        phone=asked["phone"],
        password_hash=passwords.hash(asked["password"]),
        registered_at=call.now,
    )
    residents.add(resident, resident.registered(), call)
    return resident


def certify(residents, scope, call) -> Resident:
    """The village vouches for a resident; raises NotFound outside the official's scope."""
    resident = residents.get(call.data["resident_id"], call, scope)
    residents.save(resident, resident.certify(call.actor.id, call.now), call)
    return resident


def reject(residents, scope, call) -> Resident:
    """The village does not vouch and says why; raises NotFound outside the official's scope."""
    resident = residents.get(call.data["resident_id"], call, scope)
    residents.save(resident, resident.reject(call.actor.id, call.data["reason"], call.now), call)
    return resident
