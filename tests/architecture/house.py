"""The house as the tests see it: its services, capabilities, operations, queues and cards, read from the code."""

import ast
import importlib
import inspect
from functools import cache
from pathlib import Path

from deploy.reference import cards

ROOT = Path(__file__).parents[2]
SERVICES = ("identity", "affairs", "market", "integrity")


def capabilities() -> list[Path]:
    """Give the folder of every capability: those of an area, and each area that is itself one."""
    return [
        card.parent
        for name in SERVICES
        for depth in ("civic", "*/*")
        for card in sorted((ROOT / "services" / name).glob(f"{depth}/__init__.py"))
    ]


def sources(*folders: str) -> list[Path]:
    """Give every Python file below these folders."""
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def owner(capability: Path) -> str:
    """Give the service to which a capability's folder belongs."""
    return capability.relative_to(ROOT / "services").parts[0]


def shown(capability: Path) -> str:
    """Give a capability as a test's id names it: service/area/capability."""
    return str(capability.relative_to(ROOT / "services"))


@cache
def tree(path: Path) -> ast.Module:
    """Parse a file once."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_of(path: Path) -> str:
    """Give the dotted name of a file below the root."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def service(name: str) -> type:
    """Give a service's class."""
    return importlib.import_module(f"services.{name}.service").Service


def _opens_a_collection(node: ast.ClassDef) -> bool:
    """Tell whether a class takes `database[...]`, or a base that does."""
    named_bases = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    bases = {getattr(base, "id", None) or getattr(base, "attr", "") for base in named_bases}
    taken = (one for one in ast.walk(node) if isinstance(one, ast.Subscript))
    named = any(isinstance(one.value, ast.Name) and one.value.id == "database" for one in taken)
    return named or any(base.endswith(("Store", "Projection", "CodeCrosswalk", "People")) for base in bases)


@cache
def holders() -> tuple[type, ...]:
    """Give every class of the services and of civic that holds a collection, those that are made for a service as well."""
    found = []
    for path in sources("services/civic", *(f"services/{name}" for name in SERVICES)):
        names = [
            one.name for one in tree(path).body if isinstance(one, ast.ClassDef) and _opens_a_collection(one)
        ]
        found += [getattr(importlib.import_module(module_of(path)), name) for name in names]
    made = [
        uses.make
        for name in SERVICES
        for _, uses in inspect.getmembers(service(name))
        if hasattr(uses, "make")
    ]
    made = [one for one in made if isinstance(one, type) and one.__module__ == "services.civic.capability"]
    every = [*found, *made]
    return tuple(dict.fromkeys(one for one in every if one.__name__ not in ("RegionalStore", "ClockedStore")))


def owner_of(holder: type) -> str:
    """Give the service that keeps a collection; civic's own are no service's until they are made for one."""
    made_for = vars(holder).get("service", "")
    return made_for or holder.__module__.split(".")[1]


def below(base: type) -> set[type]:
    """Give all subclasses of a class that the platform declares."""
    own = {one for one in base.__subclasses__() if one.__module__.startswith("services.")}
    return own.union(*(below(one) for one in own)) if own else own


def card(capability: Path) -> dict[str, set[str] | None]:
    """Read a capability's card: {owns, emits, hears, asks} as sets of names; 'nothing' is the empty set."""
    told = cards.card(capability)
    return {heading: None if names is None else set(names) for heading, names in told.items()}
