"""A capability's card: one sentence, and what it owns, emits, hears and asks, as its `__init__.py` says."""

import ast
import re
from pathlib import Path

HEADINGS = ("Owns", "Emits", "Hears", "Asks")


def sentence(capability: Path) -> str:
    """Give the first sentence of the card."""
    return " ".join(_text(capability).split("\n\n")[0].split())


def card(capability: Path) -> dict[str, list[str] | None]:
    """Give {owns, emits, hears, asks} as names in their order; 'nothing' is an empty list, a missing heading None."""
    text = " ".join(_text(capability).split())
    found = {}
    for heading in HEADINGS:
        match = re.search(rf"{heading}: (.*?)\.(?= (?:Owns|Emits|Hears|Asks): |$| [A-Z(])", text)
        found[heading.lower()] = _names(match.group(1)) if match else None
    return found


def _text(capability: Path) -> str:
    return ast.get_docstring(ast.parse((capability / "__init__.py").read_text(encoding="utf-8"))) or ""


def _names(text: str) -> list[str]:
    names: list[str] = []
    prefix = ""
    for part in re.split(r"[,;]", re.sub(r"\([^)]*\)", "", text)):
        name = part.strip()
        if not name or name == "nothing":
            continue
        if name.startswith("."):
            name = prefix + name
        prefix = name.rsplit(".", 1)[0]
        names.append(name)
    return names
