"""Spreadsheets that leave the platform: a workbook (XLSX) or a text (CSV), of rows that a service gives page by page.

The cells are texts that the service has made safe; nothing in them is a formula, a number or an address. A workbook is written in a thread,
so that the worker answers others meanwhile.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gevent import get_hub
from xlsxwriter import Workbook

BOM = "\ufeff"
"""Without it Excel and WPS read UTF-8 as GBK."""

CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXTS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDE, NARROW = 40, 18


@dataclass(frozen=True)
class SheetTable:
    """One sheet: its title, its headings and its rows."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def as_csv(headings: Sequence[str], pages: Iterable[Iterable[Sequence[str]]]) -> Iterator[bytes]:
    """Give a table as text, page by page as its rows come."""
    yield (BOM + _lines([headings])).encode()
    for rows in pages:
        if said := _lines(rows):
            yield said.encode()


def as_workbook(tables: Sequence[SheetTable]) -> bytes:
    """Give a workbook of these sheets."""
    made: bytes = get_hub().threadpool.apply(_workbook, (tables,))
    return made


def _lines(rows: Iterable[Sequence[str]]) -> str:
    said = io.StringIO(newline="")
    csv.writer(said, lineterminator="\r\n").writerows(rows)
    return said.getvalue()


def _workbook(tables: Sequence[SheetTable]) -> bytes:
    made = io.BytesIO()
    with Workbook(made, TEXTS) as book:
        head, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
        for table in tables:
            sheet = book.add_worksheet(table.title)
            columns = max(len(table.headings), 1) - 1
            # as text, also what is typed later: a number of 18 digits stays whole
            sheet.set_column(0, columns, NARROW if table.headings else WIDE * 3, text)
            if table.headings:
                sheet.freeze_panes(1, 0)
                _write(sheet, 0, table.headings, head)
            for at, row in enumerate(table.rows, 1 if table.headings else 0):
                _write(sheet, at, row, text)
    return made.getvalue()


def _write(sheet, at: int, row: Sequence[str], form) -> None:
    for column, cell in enumerate(row):
        if cell:
            sheet.write_string(at, column, cell, form)
