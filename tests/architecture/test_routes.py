"""Every operation has its endpoint and its route or page; what may be cached, helped with, and done at which assurance."""

import re

import pytest
from marshmallow import Schema

from gateway.routes import ALL
from gateway.routing import KINDS, PUBLIC, guard_of
from gateway.start_pages import PAGES
from services.chassis.core.actor import ANYONE
from services.chassis.events.registry import import_all
from services.chassis.operations.patterns import Wanted
from services.chassis.rpc.operation import operations_of
from services.civic.actor import NAMED_VISITOR, CivicActor
from services.civic.event_shapes import UnderMandate
from services.identity.officials.staff.contract import ROLES
from services.identity.people.mandates.contract import SCOPES
from services.identity.people.mandates.events import ACTS
from tests.architecture.house import SERVICES, capabilities, card, service

PARTS = [
    pytest.param(page, part, id=f"{page.path} {name}") for page in PAGES for name, part in page.parts.items()
]
EVERY = pytest.mark.parametrize("route", ALL, ids=lambda route: f"{route.verb} {route.path}")


def answered_by(named):
    """Find the operation that the endpoint of this name answers."""
    return operations_of(service(named.service)).get(named.name)


@EVERY
def test_every_route_leads_to_an_endpoint_of_the_operation_that_it_names(route):
    assert answered_by(route.named) is route.operation


@pytest.mark.parametrize("page, part", PARTS)
def test_a_part_of_a_page_is_a_reading_operation_that_lets_in_whom_the_page_lets_in(page, part):
    operation = part.named.operation
    assert answered_by(part.named) is operation
    assert page.guard <= guard_of(operation.allow)
    assert not operation.writes and not operation.confidential


@pytest.mark.parametrize("page, part", PARTS)
def test_what_a_page_asks_is_what_the_operation_takes(page, part):
    asked = part.asked(CivicActor("resident-1", "resident"))
    assert not (part.named.operation.request or Schema)().validate(asked)


@EVERY
def test_what_writes_is_no_get_and_what_a_helper_may_do_has_a_known_scope(route):
    assert not (route.reads and route.operation.writes)
    assert route.operation.mandate in (None, *SCOPES)


@pytest.mark.parametrize(
    "route", [r for r in ALL if r.operation.mandate], ids=lambda route: f"{route.verb} {route.path}"
)
def test_only_what_residents_do_for_themselves_can_be_done_for_them(route):
    assert "resident" in route.guard and "anonymous" not in route.guard
    assert route.service in ("affairs", "market")
    assert not route.operation.confidential and not route.cached


def test_who_vouches_who_reports_and_who_helps_is_never_somebody_elses_to_say():
    own = [r for r in ALL if r.service in ("identity", "integrity") or "residents" in r.path]
    assert len(own) > 40
    assert [f"{r.verb} {r.path}" for r in (*own, *PAGES) if r.operation.mandate] == []


def test_every_event_of_what_can_be_done_under_a_mandate_says_who_acted():
    told = {event.name for event in import_all().values() if issubclass(event, UnderMandate)}
    assert set(ACTS) <= told
    assert all(event.split(".")[0] != "identity" for event in told)


@pytest.mark.parametrize("route", [r for r in ALL if r.cached], ids=lambda route: route.path)
def test_only_what_everybody_may_read_is_cached_and_ended_by_events_that_its_own_service_emits(route):
    operation = route.operation
    assert route.verb == "GET" and route.guard == PUBLIC and ANYONE in operation.allow
    assert not operation.writes and not operation.confidential and not operation.random_key
    emitted = {name for folder in capabilities() for name in card(folder)["emits"] or ()}
    types = [event.type() for (name, _), event in import_all().items() if name in emitted]
    for pattern in route.cached.events:
        assert pattern.startswith(f"{route.service}.")
        assert any(re.match(Wanted(pattern).type_pattern, one) for one in types), pattern
    if route.cached.one:
        assert route.cached.events and f"{{{route.cached.one}}}" in route.path


@pytest.mark.parametrize("name", SERVICES)
def test_everything_that_residents_write_says_how_surely_they_must_be_known(name):
    found = operations_of(service(name)).items()
    silent = [one for one, of in found if of.writes and "resident" in of.allow and of.assurance is None]
    assert silent == []


def test_no_two_routes_share_verb_and_path():
    places = [(route.verb, route.path) for route in (*ALL, *PAGES)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", SERVICES)
def test_every_operation_is_reached_by_a_route_or_is_for_the_platform_itself(name):
    reached = {route.name for route in ALL if route.service == name}
    inner = {one for one, of in operations_of(service(name)).items() if of.allow == ("system",)}
    assert set(operations_of(service(name))) - inner == reached


@pytest.mark.parametrize("name", SERVICES)
def test_every_allowed_name_is_a_kind_or_a_role(name):
    named = {one for of in operations_of(service(name)).values() for one in of.allow}
    assert named <= {ANYONE, "system", *KINDS, *ROLES, NAMED_VISITOR}
