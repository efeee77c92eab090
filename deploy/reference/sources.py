"""Where the reference pages find what they tell: everything that is imported from the platform, and nothing else.

The pages are text; what they need to know of the code comes from here as plain values, so that a module that moves is
followed in this one file.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from gateway.errors import SENTENCES, STATUS_OF_KIND
from gateway.routes import ALL
from gateway.start_pages import PAGES
from services.chassis.core.errors import DomainError
from services.chassis.rpc.operation import operations_of
from services.chassis.storage.store import Store
from services.civic.settings import CivicSettings
from services.identity.officials.staff.model import DIGITS_OF_ROLE, GRANTABLE

T = TypeVar("T")
ROOT = Path(__file__).parents[2]
SERVICES = ("identity", "affairs", "market", "integrity")
UNAUTHENTICATED = 401
LEVEL = {6: "county", 9: "town", 12: "village"}


@dataclass(frozen=True)
class Operation:
    """One operation of the public API: `who` names kinds and roles, `level` the assurance of a resident, `scope` that of mandates."""

    tag: str
    verb: str
    path: str
    name: str
    who: tuple[str, ...]
    level: int | None
    scope: str | None
    keyed: bool
    cached: bool
    sentence: str


def sources() -> list[Path]:
    """Give every Python file in which an error can be raised."""
    return [path for folder in ("services", "gateway") for path in sorted((ROOT / folder).rglob("*.py"))]


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def settings_classes() -> list[type]:
    """Give the classes that declare settings, the most general one first."""
    return [one for one in reversed(CivicSettings.__mro__) if "__dataclass_fields__" in vars(one)]


def status_of_errors() -> dict[str, int]:
    """Give the HTTP status by the name of the error's class, also of one that a capability makes for itself."""
    for name in SERVICES:
        _service(name)
    ours = (one for one in _below(DomainError) if one.__module__.startswith("services."))
    return {"Unauthenticated": UNAUTHENTICATED} | {one.__name__: STATUS_OF_KIND[one.kind] for one in ours}


def refusals_of_the_server() -> dict[int, tuple[str, str]]:
    """Give code and sentence of what the web server itself refuses, by HTTP status."""
    return SENTENCES


def nouns() -> dict[str, str]:
    """Give what each store says when it does not find one, by the noun that begins its codes."""
    for name in SERVICES:
        _service(name)
    # in an order of its own: of two stores with one noun a service's comes after civic's, whoever was imported first
    ours = sorted(
        (one for one in _below(Store) if one.__module__.startswith("services.")),
        key=lambda one: (one.__module__, one.__name__),
    )
    return {one.noun: one.missing for one in ours if hasattr(one, "noun")}


def roles() -> Iterator[tuple[str, list[str], list[str]]]:
    """Give each role of officials with the levels at which it is held and the roles that may grant it."""
    for role, digits in DIGITS_OF_ROLE.items():
        yield (
            role,
            [LEVEL[n] for n in digits],
            [giver for giver, granted in GRANTABLE.items() if role in granted],
        )


def operations() -> list[Operation]:
    """Give every operation, routes first and pages after them, in the order in which they are declared."""
    declared = {name: operations_of(_service(name)) for name in SERVICES}
    told = [
        _operation(
            route, declared[route.service][route.name].allow, _first_line(route.request or route.answer)
        )
        for route in ALL
    ]
    return told + [_operation(page, tuple(sorted(page.guard)), page.sentence) for page in PAGES]


def endpoints() -> dict[str, Callable]:
    """Give the method that answers each operation of the public API, by the operation's name; and the one that the gateway asks of mandates."""
    routed = {(route.service, route.name) for route in ALL} | {("identity", "mandate_authority")}
    return {
        name: method
        for service in SERVICES
        for name, method in inspect.getmembers(_service(service), inspect.isfunction)
        if (service, name) in routed
    }


def capabilities() -> dict[str, list[Path]]:
    """Give the folders of each service's capabilities: those that have a card."""
    return {
        name: [
            card.parent
            for card in sorted((ROOT / "services" / name).rglob("__init__.py"))
            if "Owns: " in (ast.get_docstring(tree(card)) or "")
        ]
        for name in SERVICES
    }


def service_sentence(name: str) -> str:
    """Give what a service says of itself."""
    return _first_line(importlib.import_module(f"services.{name}"))


def _service(name: str) -> type:
    return importlib.import_module(f"services.{name}.service").Service


def _operation(route, who: tuple[str, ...], sentence: str) -> Operation:
    return Operation(
        route.tag,
        route.verb,
        route.path,
        route.name,
        who,
        route.operation.assurance,
        route.operation.mandate,
        route.needs_key,
        bool(route.cached),
        sentence,
    )


def _first_line(told) -> str:
    return (inspect.getdoc(told) or "").split("\n", 1)[0] if told else ""


def _below(base: type[T]) -> Iterator[type[T]]:
    for one in base.__subclasses__():
        yield one
        yield from _below(one)
