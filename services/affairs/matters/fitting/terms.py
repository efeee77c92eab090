"""The terms of each rule (`data/rules.csv`): its matter, its ages, its source, and what only the office can say."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "rules.csv"
CERTAINTIES = ("fits", "maybe")
"""fits: the condition is met by what is known; maybe: a condition stays open that only the office or the village can tell."""
CHECKED = ("law", "named")


@dataclass(frozen=True)
class Terms:
    """One row; ages are whole years (周岁), from and below, None where there is no border."""

    rule: str
    item_code: str
    matter: str
    from_age: int | None
    until_age: int | None
    certainty: str
    source: str
    checked: str
    office_says: str


@cache
def all_terms() -> dict[str, Terms]:
    """Read the table, by rule; raises ValueError for a certainty that is none, or a rule that is there twice."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    found = [_of(row) for row in rows]
    if len({one.rule for one in found}) != len(found):
        raise ValueError(f"{FILE.name} names a rule twice")
    return {one.rule: one for one in found}


def _of(row: dict[str, str]) -> Terms:
    if row["certainty"] not in CERTAINTIES or row["checked"] not in CHECKED:
        raise ValueError(f"{FILE.name}: {row['rule']} says neither {CERTAINTIES} nor {CHECKED}")
    ages = {name: int(row[name]) if row[name] else None for name in ("from_age", "until_age")}
    return Terms(**{**row, **ages})  # type: ignore[arg-type]  # ages are numbers by now
