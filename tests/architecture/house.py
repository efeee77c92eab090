"""The house as the tests see it: its services, capabilities, doors, queues and cards, read from the code."""

import ast
import importlib
from functools import cache
from pathlib import Path

from deploy.reference import cards

ROOT = Path(__file__).parents[2]
SERVICES = ("identity", "affairs", "market", "integrity")


def capabilities() -> list[Path]:
    """Give the folder of every capability."""
    return [
        card.parent
        for name in SERVICES
        for card in sorted((ROOT / "services" / name).glob("*/*/__init__.py"))
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


def card(capability: Path) -> dict[str, set[str] | None]:
    """Read a capability's card: {owns, emits, hears, asks} as sets of names; 'nothing' is the empty set."""
    told = cards.card(capability)
    return {heading: None if names is None else set(names) for heading, names in told.items()}
