"""Load the taxonomy of complaints (source: see NOTICE)."""

import csv
from pathlib import Path

from pymongo.database import Database

from services.chassis.core.errors import DomainError
from services.chassis.core.settings import Settings
from services.chassis.runtime.load import LoadReport
from services.integrity.reports.categories.model import (
    Category,
    a_row_names_all_three_levels,
    a_row_stands_once,
)
from services.integrity.reports.categories.store import CategoryStore

DATA = Path(__file__).parent / "data"
FILE = DATA / "category_3level.csv"


def load(database: Database, settings: Settings, report: LoadReport, file: Path = FILE) -> None:
    """Enter every row with the categories above it; a category of the upper levels is not counted."""
    categories, said = CategoryStore(database), as_people_say()
    lines: dict[tuple[str, ...], int] = {}
    with open(file, encoding="utf-8-sig", newline="") as opened:
        rows = csv.reader(opened)
        next(rows, None)
        for cells in rows:
            try:
                path = a_row_names_all_three_levels(cells)
                a_row_stands_once(path, lines)
            except DomainError as refused:
                report.refuse(file.name, rows.line_num, refused.message)
                continue
            report.count(_enter(categories, path, rows.line_num, lines, said))


def as_people_say() -> dict[str, list[str]]:
    """Give {full name: what people say instead}: of a second level it is said of all below. Written by this project, not part of the taxonomy."""
    with open(DATA / "said.csv", encoding="utf-8", newline="") as opened:
        return {row["category"]: row["said"].split() for row in csv.DictReader(opened)}


def _enter(categories: CategoryStore, path: tuple[str, ...], line: int, lines: dict, said: dict) -> str:
    outcome = ""
    also: list[str] = []
    for category in Category(path, line).with_those_above():
        also = [*also, *said.get(category.full_name, ())]
        if category.path not in lines:
            lines[category.path] = line
            outcome = categories.enter(category, also)
    return outcome
