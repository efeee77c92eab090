"""Who proved a phone only, or gave a name as well, comes through the doors that say so and through no other."""

import pytest
from marshmallow import fields

from services.chassis.core.actor import ANYONE, Role
from services.chassis.core.schemas import Answer
from services.chassis.rpc import rpc
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import NAMED_VISITOR, VISITOR, CivicActor
from services.civic.guards import GUARDS
from services.civic.operation import Operation

PHONE_ONLY = CivicActor("v1", VISITOR)
NAMED = CivicActor("v2", VISITOR, (Role(NAMED_VISITOR, "510183103204"),), edition="2019")


class Told(Answer):
    who = fields.String()


def through(actor: CivicActor, *allow: str) -> str:
    """Go through a door; gives who came through, or the code of the refusal."""
    method = rpc(Operation(None, Told, allow=allow))(lambda call: {"who": call.actor.id})
    found = RequestHandler("test.work", method.operation, GUARDS, CivicActor.from_wire).answer(
        method, {}, {"nameko.actor": actor.to_wire()}, "c"
    )
    return found.error.code if found.error else found.result["who"]


@pytest.mark.parametrize("actor", [PHONE_ONLY, NAMED], ids=["phone", "named"])
def test_no_door_lets_visitors_in_that_does_not_name_them(actor):
    assert (
        through(actor, "resident", "official", "system", "clerk", "village_administrator")
        == "access.forbidden"
    )
    assert through(actor, VISITOR) == through(actor, ANYONE) == actor.id


def test_where_a_name_is_needed_who_proved_the_phone_only_is_told_so():
    assert through(NAMED, "resident", NAMED_VISITOR) == "v2"
    assert through(PHONE_ONLY, "resident", NAMED_VISITOR) == "access.name_needed"


def test_a_resident_is_no_visitor():
    assert through(CivicActor("r1", "resident"), VISITOR) == "access.forbidden"


def test_the_edition_of_a_visitors_village_travels_along():
    assert CivicActor.from_wire(NAMED.to_wire()) == NAMED
    assert "edition" not in PHONE_ONLY.to_wire()
