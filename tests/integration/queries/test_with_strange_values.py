"""Whatever a request may hold, down to the database: a refusal or an answer, and never a failure."""

import functools
from datetime import datetime

import pytest
from marshmallow import fields

from gateway.routes import ALL
from tests.contract.test_refusals import SENT, taken
from tests.cursors import STRANGE
from tests.integration.queries.hosting import ask

FAILURES = {"rpc.internal", "storage.unavailable", "rpc.malformed_request"}
PAGED = [
    route for route in ALL if route.reads and route.request and "cursor" in route.request._declared_fields
]
ASKED = [route for route in ALL if route.request and route.request._declared_fields]
READ = {"page.cursor_invalid", "catalogue.cursor_invalid"}
"""What is said by whoever has read a cursor; the contract itself refuses what is no text or too long."""
HASHED = {"password", "old_password", "new_password"}
"""Each try takes a tenth of a second and 64 MiB: their values are tried by the contract's test."""


def by_name(route) -> str:
    return f"{route.verb} {route.path}"


def one_of_each_kind(asking, route) -> list:
    door = route.operation
    return list(
        {
            (one.kind, tuple((role.name, len(role.region)) for role in one.roles)): one
            for one in asking.callers(door)
        }.values()
    )


@pytest.mark.parametrize("route", PAGED, ids=by_name)
def test_every_list_refuses_cursors_that_no_page_gave(made, asking, route):
    service, refused = made.services[route.service], 0
    request = asking.requests(route)[0]
    for actor in one_of_each_kind(asking, route):
        codes = [outcome_of(service, route, {**request, "cursor": cursor}, actor) for cursor in STRANGE]
        assert not set(codes) & FAILURES
        # who sees nothing of it hears that first, whatever the cursor
        if set(codes) & READ:
            assert set(codes) <= {*READ, "request.invalid"}
            refused += 1
    assert refused


def outcome_of(service, route, request, actor) -> str:
    outcome = ask(service, route.name, request, actor)
    return outcome.error.code if outcome.error else "ok"


@pytest.mark.parametrize("route", ASKED, ids=by_name)
def test_no_value_that_a_contract_takes_breaks_what_comes_behind_it(made, asking, route):
    service = made.services[route.service]
    actor = one_of_each_kind(asking, route)[0]
    request = asking.requests(route)[-1]
    for name, values in extremes(route.request):
        for value in values:
            code = outcome_of(service, route, {**request, name: value}, actor)
            assert code not in FAILURES, (name, value)


@functools.cache
def extremes(shape) -> list[tuple[str, list]]:
    """Give the values of each field that its shape takes, each with the largest and smallest of its kind."""
    found = []
    for name, field in shape().load_fields.items():
        key = field.data_key or name
        if name not in HASHED:
            found.append(
                (key, [one for one in (*SENT, *bounds(field)) if is_json(one) and taken(field, one)])
            )
    return found


def bounds(field: fields.Field) -> list:
    """Give the ends of what a field says it takes."""
    ends = [end for one in field.validators for end in (getattr(one, "min", None), getattr(one, "max", None))]
    numbers = [end for end in ends if isinstance(end, int)]
    return numbers + [
        "\U00020bb7" * end for end in numbers if isinstance(field, fields.String) and end < 10_000
    ]


def is_json(value) -> bool:
    return not isinstance(value, bytes | datetime)
