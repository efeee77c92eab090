"""Every route is guarded, leads to a door and tells the truth about it; every door is reached."""

import re

import pytest
from marshmallow import Schema

from gateway import routing
from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.chassis.core.actor import ANYONE, NAMED_VISITOR, VISITOR, Actor
from services.chassis.events.registry import import_all
from services.chassis.operations.patterns import Wanted
from services.chassis.rpc.operation import operations_of
from services.civic.event_shapes import UnderMandate
from services.identity.officials.staff.contract import ROLES
from services.identity.people.mandates.contract import SCOPES
from services.identity.people.mandates.events import ACTS
from tests.architecture.house import SERVICES, capabilities, card, service

GUARDS = {
    routing.PUBLIC,
    routing.SIGNED_IN,
    routing.RESIDENTS,
    routing.VISITORS,
    routing.APPLICANTS,
    routing.READERS,
    routing.OFFICIALS,
    routing.DEPARTMENTS,
    routing.ACCOUNTS,
    routing.SESSIONS,
    routing.ENTRANTS,
}
KINDS = {"resident", "official", "department", "entrant", "visitor", "system"}
PARTS = [
    pytest.param(page, part, id=f"{page.path} {name}") for page in PAGES for name, part in page.parts.items()
]
EVERY = pytest.mark.parametrize("route", ALL, ids=lambda route: f"{route.verb} {route.path}")


def _door(route):
    return operations_of(service(route.service)).get(route.door)


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
    assert _let_in(allow) == set(route.guard)


def _let_in(allow) -> set:
    kinds = {"official" if name in ROLES else VISITOR if name == NAMED_VISITOR else name for name in allow}
    return set(routing.PUBLIC) if ANYONE in allow else kinds


@pytest.mark.parametrize("page, part", PARTS)
def test_a_part_of_a_page_is_a_reading_door_that_lets_in_whom_the_page_lets_in(page, part):
    door = _door(part)
    assert door, f"{part.service} has no door {part.door}"
    assert page.guard in GUARDS and set(page.guard) <= _let_in(set(door.allow))
    assert not door.writes and not door.confidential and door.answer == part.answer


@pytest.mark.parametrize("page, part", PARTS)
def test_what_a_page_asks_is_what_the_door_takes(page, part):
    door = _door(part)
    assert not (door.request or Schema)().validate(part.asked(Actor("resident-1", "resident")))


@EVERY
def test_a_route_takes_a_key_exactly_where_its_door_writes(route):
    assert route.needs_key == _door(route).writes


@EVERY
def test_a_route_is_confidential_exactly_where_its_door_is(route):
    assert route.confidential == _door(route).confidential


@EVERY
def test_a_route_serves_helpers_exactly_where_its_door_does_and_in_the_same_scope(route):
    assert route.mandate == _door(route).mandate
    assert route.mandate in (None, *SCOPES)


@pytest.mark.parametrize(
    "route", [r for r in ALL if r.mandate], ids=lambda route: f"{route.verb} {route.path}"
)
def test_only_what_residents_do_for_themselves_can_be_done_for_them(route):
    assert "resident" in route.guard and "anonymous" not in route.guard
    assert route.service in ("affairs", "market") and not route.confidential and not route.cached


def test_who_vouches_who_reports_and_who_helps_is_never_somebody_elses_to_say():
    own = [r for r in ALL if r.service in ("identity", "integrity") or "residents" in r.path]
    assert len(own) > 40
    assert [f"{r.verb} {r.path}" for r in (*own, *PAGES) if r.mandate] == []


def test_every_event_of_what_can_be_done_under_a_mandate_says_who_acted():
    told = {event.name for event in import_all().values() if issubclass(event, UnderMandate)}
    assert set(ACTS) <= told
    assert all(event.split(".")[0] != "identity" for event in told)


@pytest.mark.parametrize("route", [r for r in ALL if r.cached], ids=lambda route: route.path)
def test_only_what_everybody_may_read_is_cached_and_ended_by_events_that_its_own_service_emits(route):
    door = _door(route)
    assert route.verb == "GET" and route.guard == routing.PUBLIC and ANYONE in door.allow
    assert not door.writes and not door.confidential and not door.random_key
    emitted = {name for folder in capabilities() for name in card(folder)["emits"] or ()}
    types = [event.type() for (name, _), event in import_all().items() if name in emitted]
    for pattern in route.cached.events:
        assert pattern.startswith(f"{route.service}.")
        assert any(re.match(Wanted(pattern).type_pattern, one) for one in types), pattern
    if route.cached.one:
        assert route.cached.events and route.path.endswith(f"{{{route.cached.one}}}")


@EVERY
def test_a_route_tells_where_a_request_comes_from_exactly_where_its_door_asks(route):
    assert route.caller == _door(route).caller


@EVERY
def test_a_route_documents_the_assurance_that_its_door_asks_of_residents(route):
    assert route.assurance == _door(route).assurance


@pytest.mark.parametrize("name", SERVICES)
def test_every_writing_door_that_names_residents_says_how_surely_they_must_be_known(name):
    doors = operations_of(service(name)).items()
    silent = [door for door, one in doors if one.writes and "resident" in one.allow and one.assurance is None]
    assert silent == []


def test_no_two_routes_share_verb_and_path():
    places = [(route.verb, route.path) for route in (*ALL, *PAGES)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", SERVICES)
def test_every_door_is_reached_by_a_route_or_is_for_the_platform_itself(name):
    reached = {route.door for route in ALL if route.service == name}
    inner = {door for door, declared in operations_of(service(name)).items() if declared.allow == ("system",)}
    assert set(operations_of(service(name))) - inner == reached


@pytest.mark.parametrize("name", SERVICES)
def test_every_allowed_name_is_a_kind_or_a_role(name):
    named = {one for door in operations_of(service(name)).values() for one in door.allow}
    assert named <= {ANYONE, *KINDS, *ROLES, NAMED_VISITOR}
