"""Every heard event is an emitted one, every queue has a consumer, every field is public or personal."""

import ast
import inspect

import pytest

from services.chassis.contracts import import_all
from services.chassis.listeners import Hears
from services.chassis.topology import capability_queues
from tests.architecture.house import SERVICES, capabilities, service, tree

DECLARED = import_all()


def _heard() -> list[tuple[str, Hears]]:
    return [
        (name, method.hears)
        for name in SERVICES
        for _, method in inspect.getmembers(service(name), inspect.isfunction)
        if hasattr(method, "hears")
    ]


def _emitted() -> set[str]:
    """The "noun.verb" literals of every service's models, as <service>.<noun>.<verb>."""
    found = set()
    for capability in capabilities():
        for path in capability.glob("*.py"):
            if path.name != "contract.py":
                literals = (n.value for n in ast.walk(tree(path)) if isinstance(n, ast.Constant))
                found |= {f"{capability.parent.name}.{one}" for one in literals if isinstance(one, str)}
    return found


def test_every_heard_event_is_declared_by_its_emitter():
    names = {name for _, heard in _heard() for name in heard.names if name != "#"}
    assert names <= {name for name, _ in DECLARED}


def test_every_declared_event_is_emitted_by_its_own_service():
    assert {name for name, _ in DECLARED} <= _emitted()


def test_every_event_is_heard_by_somebody_so_that_none_is_returned():
    assert any("#" in heard.names for _, heard in _heard())


@pytest.mark.parametrize("name", SERVICES)
def test_every_queue_has_a_consumer(name):
    declared = set(capability_queues(service(name)))
    heard = {f"{name}.{one.queue}.v1" for owner, one in _heard() if owner == name}
    assert declared == heard


@pytest.mark.parametrize("event", DECLARED.values(), ids=lambda event: event.type())
def test_every_field_of_an_event_is_declared_public_or_personal(event):
    undeclared = [
        n
        for n, f in event._declared_fields.items()
        if f.metadata.get("privacy") not in ("public", "personal")
    ]
    assert undeclared == []


@pytest.mark.parametrize("event", DECLARED.values(), ids=lambda event: event.type())
def test_an_event_is_named_after_its_service_and_described(event):
    owner = event.__module__.split(".")[1]
    assert event.name.startswith(f"{owner}.") and event.name.count(".") == 2
    assert (event.__doc__ or "").strip()
