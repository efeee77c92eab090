"""Every route is guarded, leads to a door and tells the truth about it; every door is reached."""

import pytest

from gateway import routing
from gateway.routes import ALL
from services.chassis.actor import ANYONE
from services.chassis.rpc.doors import doors_of
from services.identity.staff.contract import ROLES
from tests.architecture.house import SERVICES, service

GUARDS = {
    routing.PUBLIC,
    routing.SIGNED_IN,
    routing.RESIDENTS,
    routing.OFFICIALS,
    routing.DEPARTMENTS,
    routing.ACCOUNTS,
}
KINDS = {"resident", "official", "department", "system"}
EVERY = pytest.mark.parametrize("route", ALL, ids=lambda route: f"{route.verb} {route.path}")


def _door(route):
    return doors_of(service(route.service)).get(route.door)


@EVERY
def test_every_route_has_a_guard(route):
    assert route.guard in GUARDS


@EVERY
def test_every_route_leads_to_a_door_with_the_same_shapes(route):
    door = _door(route)
    assert door, f"{route.service} has no door {route.door}"
    assert (door.request, door.answer) == (route.request, route.answer)


@EVERY
def test_a_guard_lets_in_whom_the_door_lets_in_and_public_routes_say_so(route):
    allow = set(_door(route).allow)
    kinds = {"official" if name in ROLES else name for name in allow}
    expected = set(routing.PUBLIC) if ANYONE in allow else kinds
    assert expected == set(route.guard)


@EVERY
def test_a_route_takes_a_key_exactly_where_its_door_writes(route):
    assert route.needs_key == _door(route).writes


@EVERY
def test_a_route_is_confidential_exactly_where_its_door_is(route):
    assert route.confidential == _door(route).confidential


@EVERY
def test_a_route_tells_where_a_request_comes_from_exactly_where_its_door_asks(route):
    assert route.caller == _door(route).caller


def test_no_two_routes_share_verb_and_path():
    places = [(route.verb, route.path) for route in ALL]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", SERVICES)
def test_every_door_is_reached_by_a_route_or_is_for_the_platform_itself(name):
    reached = {route.door for route in ALL if route.service == name}
    inner = {door for door, declared in doors_of(service(name)).items() if declared.allow == ("system",)}
    assert set(doors_of(service(name))) - inner == reached


@pytest.mark.parametrize("name", SERVICES)
def test_every_allowed_name_is_a_kind_or_a_role(name):
    named = {one for door in doors_of(service(name)).values() for one in door.allow}
    assert named <= {ANYONE, *KINDS, *ROLES}
