"""What is shown in full is read by nobody whose session is over: a read that names a personal field says that it does."""

import importlib

import pytest
from marshmallow import Schema, fields

from gateway.routes import ALL
from services.chassis.rpc.operation import declared_in
from services.chassis.storage.store import Store
from tests.architecture.house import holders

ROOMS = ("contract", "operations")
OTHERWISE = {
    "pull_events",
    "open_export",
    "list_order_messages",
    "find_application_file",
    "find_result_file",
    "find_mandate_paper",
    "find_mandate_photo",
}
"""Reads that show what is personal under another name: what departments were granted, a whole copy, what buyer and seller wrote, a photo of a paper."""


def _personal() -> dict[str, set[str]]:
    """Give the personal fields of each capability by its package."""
    found: dict[str, set[str]] = {}
    for one in holders():
        if issubclass(one, Store) and one.personal:
            found.setdefault(one.__module__.rpartition(".")[0], set()).update(one.personal)
    return found


def _capability_of() -> dict[int, str]:
    """Give the package of the capability that declares each operation."""
    found = {}
    for package in _personal():
        for room in ROOMS:
            try:
                module = importlib.import_module(f"{package}.{room}")
            except ModuleNotFoundError:
                continue
            found |= {id(one): package for one in declared_in(module).values()}
    return found


def _shown(schema: type[Schema], seen: tuple = ()) -> set[str]:
    """Give what an answer shows, by the names of the aggregate's fields."""
    found = set()
    for name, field in schema._declared_fields.items():
        found.add(field.attribute or name)
        while isinstance(field, fields.List):
            field = field.inner
        if isinstance(field, fields.Nested):
            inner = field.nested if isinstance(field.nested, type) else type(field.schema)
            if inner not in seen:
                found |= _shown(inner, (*seen, inner))
    return found


PERSONAL, CAPABILITY_OF = _personal(), _capability_of()
READS = [one for one in ALL if one.reads and one.answer and id(one.operation) in CAPABILITY_OF]


@pytest.mark.parametrize("route", READS, ids=lambda one: one.name)
def test_a_read_that_names_a_personal_field_asks_for_the_session(route):
    personal = _shown(route.answer) & PERSONAL[CAPABILITY_OF[id(route.operation)]]
    assert bool(personal) <= route.operation.in_full, personal


def test_what_is_said_to_be_shown_in_full_is():
    said = {one.name for one in ALL if one.reads and one.operation.in_full}
    named = {one.name for one in READS if _shown(one.answer) & PERSONAL[CAPABILITY_OF[id(one.operation)]]}
    assert said == named | OTHERWISE
