"""Every heard event is an emitted one, every queue has a consumer, every field is public or personal."""

import ast
import inspect

import pytest
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from services.chassis.events.registry import import_all
from services.chassis.listeners import ListenerDeclaration
from tests.architecture.house import ROOT, SERVICES, service, tree

DECLARED = import_all()
OF_CIVIC = ("civic", "export_parts")
"""Capabilities that are the same in several services."""


def _heard() -> list[tuple[str, ListenerDeclaration]]:
    return [
        (name, method.hears)
        for name in SERVICES
        for _, method in inspect.getmembers(service(name), inspect.isfunction)
        if hasattr(method, "hears")
    ]


def _is_emitted(event) -> bool:
    """Tell whether a room of the event's own capability names it: "noun.verb", or f"noun.{...}" and "verb".

    A capability that is the same in several services has its rules in civic.
    """
    *parts, capability, _ = event.__module__.split(".")
    noun, verb = event.name.split(".")[1:]
    words, beginnings = set(), set()
    rooms = ROOT.joinpath(*parts, capability).glob("*.py")
    shared = (ROOT / "services/civic").rglob("*.py") if capability in OF_CIVIC else ()
    for path in (*rooms, *shared):
        if path.name not in ("contract.py", "events.py"):
            nodes = list(ast.walk(tree(path)))
            words |= {n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            beginnings |= {
                n.values[0].value
                for n in nodes
                if isinstance(n, ast.JoinedStr) and n.values and isinstance(n.values[0], ast.Constant)
            }
    return f"{noun}.{verb}" in words or (f"{noun}." in beginnings and verb in words)


def test_every_heard_event_is_declared_by_its_emitter():
    names = {name for _, heard in _heard() for name in heard.names if name != "#"}
    assert names <= {name for name, _ in DECLARED}


@pytest.mark.parametrize("event", DECLARED.values(), ids=lambda event: event.type())
def test_every_declared_event_is_emitted_by_its_own_capability(event):
    assert _is_emitted(event)


def test_every_event_is_heard_by_somebody_so_that_none_is_returned():
    assert any("#" in heard.names for _, heard in _heard())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_knows_every_event_from_its_start(name):
    calls = [
        node.value for node in tree(ROOT / f"services/{name}/service.py").body if isinstance(node, ast.Expr)
    ]
    assert "import_all" in {one.func.id for one in calls if isinstance(one, ast.Call)}


@pytest.mark.parametrize("name", SERVICES)
def test_no_event_is_handled_twice_on_one_queue(name):
    heard = [(one.queue, event) for owner, one in _heard() if owner == name for event in one.names]
    assert len(heard) == len(set(heard))


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


@pytest.mark.parametrize("name", SERVICES)
def test_no_listener_or_endpoint_of_a_service_hides_another_of_the_same_name(name):
    named = [
        (method, one)
        for one in service(name).__mro__
        for method, found in vars(one).items()
        if hasattr(found, "hears") or hasattr(found, "operation")
    ]
    names = [method for method, _ in named]
    assert [method for method, _ in named if names.count(method) > 1] == []


@pytest.mark.parametrize("name", SERVICES)
def test_no_mixin_of_a_service_hides_what_another_one_hears_answers_or_times(name):
    """Two methods of one name are one: the other queue would have no handler for its events, and nobody would say so."""
    named: dict[str, list[str]] = {}
    for one in service(name).__mro__:
        for method, marked in vars(one).items():
            if hasattr(marked, "hears") or getattr(marked, ENTRYPOINT_EXTENSIONS_ATTR, None):
                named.setdefault(method, []).append(one.__name__)
    assert len(named) > 3
    assert {method: where for method, where in named.items() if len(where) > 1} == {}
