"""The house as the tests see it: its services, capabilities, doors, queues and cards, read from the code."""

import ast
import importlib
import re
from functools import cache
from pathlib import Path

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


def card(capability: Path) -> dict[str, set[str]]:
    """Read a capability's card: {owns, emits, hears, asks} as sets of names; 'nothing' is the empty set."""
    text = " ".join((ast.get_docstring(tree(capability / "__init__.py")) or "").split())
    found = {}
    for heading in ("Owns", "Emits", "Hears", "Asks"):
        match = re.search(rf"{heading}: (.*?)\.(?= (?:Owns|Emits|Hears|Asks): |$| [A-Z(])", text)
        found[heading.lower()] = _names(match.group(1)) if match else None
    return found


def _names(text: str) -> set[str]:
    names, prefix = set(), ""
    for part in re.split(r"[,;]", re.sub(r"\([^)]*\)", "", text)):
        name = part.strip()
        if not name or name == "nothing":
            continue
        if name.startswith("."):
            name = prefix + name
        prefix = name.rsplit(".", 1)[0]
        names.add(name)
    return names
