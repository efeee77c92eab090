"""From lines of text to rows of cells: separators, quotes, and where the headings stand.

A cell in quotes may hold line breaks. A quote that is never closed must not swallow the rest of the file: it is one broken line.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from services.chassis.core.cleaning import compact, visible
from services.chassis.core.errors import Rejected

SEPARATORS = (",", "\t", ";")

MOST_LINES = 20
"""Of one row in quotes: a longer one is a quote that was not closed."""

TITLE_ROWS = 10
"""Among so many rows at the beginning the headings are looked for: above them stand titles, units and dates."""

WHO = "(公民|居民|村民|成员|人员|本人)?"
VILLAGE = "(行政村|村|社区|村社区|村居|村委会|居委会|村居委会)"
HEADINGS = {
    "身份证号": (f"{WHO}(身份证件?(号码?)?|身份号码?)", "证件号码?"),
    "姓名": (f"{WHO}姓名",),
    "村代码": (f"(所属|所在)?{VILLAGE}(区划)?(代码|编码)", "(统计用|行政)?区划(代码|编码)"),
}
"""What the columns of ID number, name and village may be called, without blanks and signs; an earlier pattern is the better one."""

TEXT_GUARD = re.compile(r"""=?"(?P<quoted>.*)"|['‘’`](?P<marked>.*)""", re.DOTALL)
"""How programs keep a number from becoming one: ="5101…" and '5101…."""

REMARK = re.compile(r"\([^()]*\)$|必填|选填")
SIGNS = re.compile(r"[\W_]")
CONTROLS = re.compile("[\\x00-\\x1f]")
SHOWN, LONGEST_SHOWN = 15, 12
"""Headings, and characters of each, that a refusal names."""


@dataclass(frozen=True)
class Row:
    """One row of the table and the number of its first line; `cells` are None where a line of it is not in the file's encoding."""

    line: int
    cells: list[str] | None


@dataclass(frozen=True)
class Layout:
    """How the rows are read: the separator, the places of ID number, name and village, and the line of the headings."""

    separator: str
    columns: list[int]
    line: int


def rows_of(lines: list[str | None], first: int, separator: str, least: int) -> Iterator[Row]:
    """The rows that hold something; a row of several lines has `least` cells at least, otherwise its first line is broken."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line is None:
            yield Row(first + at, None)
            at += 1
            continue
        cells, used = _row_at(lines, at, separator, least)
        if any(cells) or (not cells and line.strip()):
            yield Row(first + at, cells)
        at += used


def layout_of(lines: list[str | None], first: int) -> Layout:
    """Where the headings stand and how the cells are separated; raises Rejected with what was seen instead."""
    seen: list[str] = []
    for separator in SEPARATORS:
        for row in _first_rows(lines, first, separator):
            columns = [_place(row.cells or [], names) for names in HEADINGS.values()]
            found = [place for place in columns if place is not None]
            if len(found) == len(HEADINGS):
                return Layout(separator, found, row.line)
            seen = max(seen, row.cells or [], key=_likeness)
    missing = [name for name, names in HEADINGS.items() if _place(seen, names) is None]
    raise Rejected(
        "register.columns_missing",
        f"文件开头没有{_listed(missing)}这些列名，{_told(seen)}。请补上或改好列名后重新导入。",
        missing=missing,
    )


def unguarded(cell: str) -> str:
    """A cell without what guards it as text, without invisible marks and blanks around it."""
    plain = visible(cell).strip()
    guarded = TEXT_GUARD.fullmatch(plain)
    return (guarded["quoted"] or guarded["marked"] or "").strip() if guarded else plain


def _row_at(lines: list[str | None], at: int, separator: str, least: int) -> tuple[list[str], int]:
    """The cells of the row that begins here, [] for a broken one, and how many lines it has.

    The reader takes a further line only while a quote is open, so each line is read once for the row and once where that is broken.
    """
    reader = csv.reader(_with_breaks(lines, at), delimiter=separator, strict=True)
    try:
        cells = [cell.strip() for cell in next(reader, [])]
    except csv.Error:
        return [], 1
    return (cells, reader.line_num) if reader.line_num == 1 or len(cells) >= least else ([], 1)


def _with_breaks(lines: list[str | None], at: int) -> Iterator[str]:
    """The lines from here on, as many as a row may have, up to one that cannot be read."""
    for line in lines[at : at + MOST_LINES]:
        if line is None:
            return
        yield f"{line}\n"


def _first_rows(lines: list[str | None], first: int, separator: str) -> list[Row]:
    found = rows_of(lines[: TITLE_ROWS * MOST_LINES], first, separator, len(HEADINGS))
    return [row for _, row in zip(range(TITLE_ROWS), found, strict=False)]


def _place(cells: list[str], patterns: tuple[str, ...]) -> int | None:
    headings = [_heading(cell) for cell in cells]
    for pattern in patterns:
        for place, heading in enumerate(headings):
            if re.fullmatch(pattern, heading):
                return place
    return None


def _heading(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", unguarded(cell))
    return SIGNS.sub("", REMARK.sub("", plain))


def _likeness(cells: list[str]) -> tuple[int, int]:
    """How much a row looks like headings: by those that are known, then by how many there are; data do not at all."""
    if any(re.search(r"[0-9]{6}", CONTROLS.sub("", compact(cell))) for cell in cells):
        return (0, 0)
    return sum(_place(cells, names) is not None for names in HEADINGS.values()), len(cells)


def _told(cells: list[str]) -> str:
    shown = [cell[:LONGEST_SHOWN] for cell in cells if cell][:SHOWN]
    return f"看到的是{_listed(shown)}" if shown else "看到的是没有列名的数据"


def _listed(names: list[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
