"""A role that is held for somebody else says so, and who is away changes nothing by a role."""

from dataclasses import replace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.chassis.events.event import Envelope, from_message, public_part, to_message
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import CivicActor
from services.civic.guards import GUARDS
from services.civic.operation import Operation
from tests.unit.chassis.test_events import envelope

VILLAGE, TOWN = "510183103204", "510183103"
OWN, HELD = Role("town_administrator", TOWN), Role("village_administrator", VILLAGE, "li")


def done_for(allow: tuple, region: str, *roles: Role) -> str:
    return Call({}, CivicActor("zhang", "official", roles), allow=allow).done_for(region)


@pytest.mark.parametrize(
    ("allow", "region", "of"),
    [
        (("village_administrator",), VILLAGE, "li"),
        (("village_administrator", "town_administrator"), VILLAGE, ""),
        (("village_administrator",), "510183103205", ""),
        ((), VILLAGE, ""),
    ],
    ids=["by the held role", "by the own role", "where neither is held", "whatever the door"],
)
def test_an_act_is_for_the_absent_one_where_no_own_role_would_do(allow, region, of):
    assert done_for(allow, region, OWN, HELD) == done_for(allow, region, HELD, OWN) == of


def test_without_an_own_role_in_the_region_it_is_for_the_absent_one_whatever_the_door():
    assert done_for((), VILLAGE, Role("clerk", "510184"), HELD) == "li"


def test_an_event_carries_who_acted_for_whom_inside_the_platform_only():
    told = replace(envelope(), acted_by="zhang", acted_for="li")
    body, properties = to_message(told)
    assert from_message(body, properties["headers"]) == told
    assert Envelope.from_document(told.to_document()) == told
    shown = public_part(told)
    assert (shown.acted_by, shown.acted_for) == ("", "")
    assert "acted_for" not in envelope().to_document()


@pytest.mark.parametrize(
    ("allow", "writes", "code"),
    [
        (("clerk",), True, "access.on_leave"),
        (("clerk",), False, None),
        (("official", "clerk"), True, None),
    ],
    ids=["a decision", "a list", "what everybody does for themselves"],
)
def test_who_is_away_reads_and_does_for_themselves_and_decides_nothing(allow, writes, code):
    away = CivicActor("wang", "official", (Role("clerk", TOWN),), away=True)
    headers = {"nameko.actor": away.to_wire(), "nameko.idempotency_key": "k" * 16}
    outcome = RequestHandler(
        "x.y", Operation(None, None, allow, writes), GUARDS, CivicActor.from_wire
    ).answer(lambda call: None, {}, headers, "")
    assert (outcome.error and outcome.error.code) == code
