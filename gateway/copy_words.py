"""How a person's own copy says on paper what the JSON has as keys and words of programs; one table, `copy_words.toml`."""

import tomllib
from pathlib import Path
from typing import Any

_TABLE = tomllib.loads((Path(__file__).parent / "copy_words.toml").read_text(encoding="utf-8"))
FIELDS: dict[str, str] = _TABLE["fields"]
VALUES: dict[str, dict[str, str]] = _TABLE["values"]

FEN, MILLI = "_fen", "_milli"
"""What names of fields end with that hold money and parts of a unit."""


def label_of(section: str, name: str) -> str:
    """Give what a field inside another is called; "" where it is not told."""
    return FIELDS.get(f"{section}.{name}", FIELDS.get(name, ""))


def word_of(section: str, names: tuple[str, ...], value: str) -> str:
    """Give the word for a value of a field, which is named with the fields around it, the innermost last; else the value."""
    for name in reversed(names):
        for table in (VALUES.get(f"{section}.{name}", {}), VALUES.get(name, {})):
            if word := table.get(value) or table.get(value.rpartition(".")[0]):
                return word
    return value


def with_units(labels: dict[str, str], row: dict) -> list[tuple[str, str, Any]]:
    """Give (name, label, value) of each field, money in 元 and amounts in their unit, each of them once."""
    told = []
    for name, label in labels.items():
        value = row.get(name)
        if name.endswith(FEN) and isinstance(value, int):
            label, value = label.removesuffix("（分）"), f"{value / 100:.2f} 元"
        elif name.endswith(MILLI) and isinstance(value, int):
            label, value = label.removesuffix("（千分之一单位）"), _amount(value, row.get("unit"))
        elif isinstance(row.get(name + MILLI), int):
            continue
        told.append((name, label, value))
    return told


def _amount(milli: int, unit: str | None) -> str:
    whole, part = divmod(milli, 1000)
    return f"{whole}.{part:03}".rstrip("0").rstrip(".") + f" {unit or ''}".rstrip()
