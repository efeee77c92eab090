"""A workbook (XLSX) from stdin as CSV in UTF-8 to stdout, one line for each row; run by workbook.py as a child, imports nothing of ours.

Ends with 3 where it is too large, 4 where several sheets hold something, 5 where none does; any other number: it cannot be read.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

TOO_LARGE, SEVERAL_SHEETS, NOTHING = 3, 4, 5

MOST_UNPACKED = 1_500_000_000
"""Bytes: four times what the sheet of 700,000 people with a dozen columns has; what a zip says of itself is checked as it unpacks."""

MOST_FILES, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 1_048_576, 200, 200

EXACT_DIGITS = 15
"""So many digits of a number a workbook keeps; of a longer one the rest became zeros."""


def rows(sent: bytes) -> Iterator[list[str]]:
    """The cells of the one sheet that holds something, as text."""
    with zipfile.ZipFile(io.BytesIO(sent)) as packed:
        files = packed.infolist()
        if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
            sys.exit(TOO_LARGE)
    book = load_workbook(io.BytesIO(sent), read_only=True, data_only=True, keep_links=False)
    found = [
        sheet for sheet in book.worksheets if sheet.sheet_state == "visible" and any(map(any, _head(sheet)))
    ]
    if len(found) != 1:
        sys.exit(SEVERAL_SHEETS if found else NOTHING)
    for number, row in enumerate(_cells(found[0])):
        if number == MOST_ROWS:
            sys.exit(TOO_LARGE)
        yield [_text(cell) for cell in row[:MOST_COLUMNS]]


def _head(sheet: ReadOnlyWorksheet) -> Iterator[tuple]:
    return islice(_cells(sheet), 100)


def _cells(sheet: ReadOnlyWorksheet) -> Iterator[tuple]:
    sheet.reset_dimensions()  # programs write wrong ones, and rows would be cut
    return sheet.iter_rows(values_only=True)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and len(str(abs(cell))) > EXACT_DIGITS:
        return f"{cell:.5E}"
    return " ".join(str(cell)[:LONGEST_CELL].split())


if __name__ == "__main__":
    said = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="replace", newline="", write_through=False
    )
    csv.writer(said, lineterminator="\n").writerows(rows(sys.stdin.buffer.read()))
    said.flush()
