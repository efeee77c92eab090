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

FILE = Path(__file__).parent / "data" / "category_3level.csv"


def load(database: Database, settings: Settings, report: LoadReport, file: Path = FILE) -> None:
    """Enter every row with the categories above it; a category of the upper levels is not counted."""
    categories = CategoryStore(database)
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
            report.count(_enter(categories, path, rows.line_num, lines))


def _enter(categories: CategoryStore, path: tuple[str, ...], line: int, lines: dict) -> str:
    outcome = ""
    for category in Category(path, line).with_those_above():
        if category.path not in lines:
            lines[category.path] = line
            outcome = categories.enter(category)
    return outcome
