"""The shipped files of divisions, one for the towns and one for the villages of each edition."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from services.chassis.core.errors import DomainError
from services.chassis.storage.chinese_text import syllables
from services.identity.divisions.regions.model import (
    Division,
    a_code_comes_once,
    a_division_has_code_and_name,
    a_division_lies_in_one_of_its_edition,
)

if TYPE_CHECKING:
    from services.chassis.runtime.load import LoadReport


DATA = Path(__file__).parent / "data"
EDITIONS = ("2017", "2018", "2019", "2020", "2023")
COUNTY = {"code": "510183", "name": "邛崃市", "edition": "2019"}
"""The county and the edition with which a new platform begins."""


@dataclass(frozen=True)
class DivisionRow:
    """One line of a file; the header is line 1."""

    file: str
    line: int
    code: str
    name: str


def divisions(edition: str, report: LoadReport, folder: Path = DATA) -> dict[str, Division]:
    """The divisions of an edition by code, larger ones first; a row that cannot be one is refused by its line."""
    found: dict[str, Division] = {}
    lines: dict[str, int] = {}
    for row in _rows(edition, folder):
        try:
            division = a_division_has_code_and_name(row.code, row.name, edition)
            a_code_comes_once(row.code, lines)
            a_division_lies_in_one_of_its_edition(division.parent, lines)
        except DomainError as error:
            report.refuse(row.file, row.line, error.message)
            continue
        found[row.code], lines[row.code] = division, row.line
        division.syllables = syllables(division.short_name)
        division.parent_name = found[division.parent].short_name if division.parent else None
    return found


def _rows(edition: str, folder: Path) -> Iterator[DivisionRow]:
    yield DivisionRow("", 0, COUNTY["code"], COUNTY["name"])
    for kind in ("towns", "villages"):
        file = f"qionglai_{kind}_{edition}.csv"
        with open(folder / file, encoding="utf-8", newline="") as opened:
            for line, row in enumerate(csv.DictReader(opened), start=2):
                yield DivisionRow(file, line, row["code"] or "", row["name"] or "")
