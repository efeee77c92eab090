"""Residents act at the level that an action names; nobody else has one."""

import pytest

from services.chassis.core.actor import Role
from services.chassis.rpc import rpc
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import CivicActor
from services.civic.assurance import LEVELS, WAYS
from services.civic.guards import GUARDS
from services.civic.operation import Operation


def ask(actor: CivicActor, needed, allow=("resident", "official"), request=None):
    """Let an actor through a door that needs a level; gives the code and detail of the refusal, None where there is none."""
    method = rpc(Operation(None, None, allow=allow, assurance=needed))(lambda call: None)
    headers = {"nameko.actor": actor.to_wire()}
    error = (
        RequestHandler("test.work", method.operation, GUARDS, CivicActor.from_wire)
        .answer(method, request or {}, headers, "c1")
        .error
    )
    return error and (error.kind, error.code, error.detail)


@pytest.mark.parametrize("needed", range(len(LEVELS)))
@pytest.mark.parametrize("have", range(len(LEVELS)))
def test_a_resident_acts_at_the_level_that_the_action_names_or_above(needed, have):
    told = ask(CivicActor("r1", "resident", assurance=have), needed)
    refusal = ("Forbidden", "assurance.too_low", {"needed": needed, "have": have})
    assert told == (None if have >= needed else refusal)


def test_a_door_that_names_no_level_asks_for_none():
    assert ask(CivicActor("r1", "resident"), None) is None


def test_officials_have_no_level_and_need_none():
    assert ask(CivicActor("o1", "official", (Role("clerk", "510183"),)), 3) is None


def test_the_level_is_asked_before_the_request_is_read_and_after_who_may_at_all():
    assert ask(CivicActor("r1", "resident"), 2, request={"x": 1})[1] == "assurance.too_low"
    assert ask(CivicActor("d1", "department"), 2)[1] == "access.forbidden"


@pytest.mark.parametrize("needed, allow", [(4, ("resident",)), (-1, ("resident",)), (1, ("anyone",))])
def test_a_level_that_does_not_exist_or_binds_nobody_cannot_be_declared(needed, allow):
    with pytest.raises(TypeError):
        rpc(Operation(None, None, allow=allow, assurance=needed))


def test_every_level_has_a_name_and_a_way_to_it():
    assert len(LEVELS) == len(WAYS) == len(set(LEVELS)) == len(set(WAYS))
