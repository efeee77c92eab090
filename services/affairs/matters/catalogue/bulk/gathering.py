"""From rows to matters: which table a sheet is, where its headings stand, and all rows of one matter together."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from services.affairs.matters.catalogue.bulk.cells import unguarded
from services.affairs.matters.catalogue.bulk.columns import (
    BY_TITLE,
    CALLED,
    GUIDE,
    ID,
    NAME,
    NUMBER,
    SHEETS,
    Sheet,
)
from services.affairs.matters.catalogue.bulk.reading import SheetRow

TITLE_ROWS = 10
"""Among so many rows at the beginning of a sheet its headings are looked for."""
OF_A_SHEET = 100_000
LONGEST_ID = 64


@dataclass(frozen=True)
class LineRemark:
    """What is to be mended at one place of the file; `place` orders them as the file does."""

    place: int
    sheet: str
    line: int
    column: str
    text: str


@dataclass(frozen=True)
class TableRow:
    """One row of a known table, its cells by heading."""

    place: int
    line: int
    cells: dict[str, str]


@dataclass
class MatterRows:
    """All that the file says of one matter: `own` is its row in the table of matters, `lists` are its rows in others, by the table's name."""

    id: str
    called: str
    sheet: str
    first: TableRow
    own: TableRow | None = None
    lists: dict[str, list[TableRow]] = field(default_factory=dict)
    numbers: list[tuple[str, TableRow, str]] = field(default_factory=list)
    remarks: list[LineRemark] = field(default_factory=list)

    def remark(self, sheet: str, row: TableRow, column: str, text: str) -> None:
        """Note what is to be mended; of one cell the first sentence is enough."""
        if not any((one.place, one.column) == (row.place, column) for one in self.remarks):
            self.remarks.append(LineRemark(row.place, sheet, row.line, column, text))


@dataclass
class GatheredFile:
    """The matters of a file by their id, in its order, and what is wrong with it beside them."""

    matters: dict[str, MatterRows] = field(default_factory=dict)
    remarks: list[LineRemark] = field(default_factory=list)
    lines: int = 0


@dataclass
class _OpenSheet:
    """A sheet while it is read: its table and headings, once they are known."""

    title: str
    number: int
    table: Sheet | None = None
    headings: list[str] = field(default_factory=list)
    looked_at: int = 0
    given_up: bool = False


def gathered(rows: Iterable[SheetRow]) -> GatheredFile:
    """Put the rows of each matter together."""
    found, sheets = GatheredFile(), dict[str, _OpenSheet]()
    for row in rows:
        found.lines += 1
        sheet = sheets.setdefault(row.sheet, _OpenSheet(row.sheet, len(sheets)))
        place = sheet.number * OF_A_SHEET + row.line
        if sheet.given_up or sheet.title == GUIDE:
            continue
        if sheet.table is None:
            _look_for_headings(found, sheet, row, place)
        else:
            cells = dict(zip(sheet.headings, row.cells, strict=False))
            _take(found, sheet.table, TableRow(place, row.line, cells))
    for sheet in sheets.values():
        if sheet.table is None and not sheet.given_up and sheet.title != GUIDE:
            _give_up(found, sheet, sheet.number * OF_A_SHEET + 1)
    return found


def _look_for_headings(found: GatheredFile, sheet: _OpenSheet, row: SheetRow, place: int) -> None:
    headings = [_heading(cell) for cell in row.cells]
    sheet.looked_at += 1
    if ID not in headings:
        if sheet.looked_at == TITLE_ROWS:
            _give_up(found, sheet, place)
        return
    table = BY_TITLE.get(sheet.title.strip()) or _table_with(headings)
    if table is None:
        _give_up(found, sheet, place)
        return
    sheet.table, sheet.headings = table, headings
    for heading in headings:
        if heading and (heading not in table.headings or headings.count(heading) > 1):
            twice = (
                "有两列都叫这个名字，请只留一列"
                if heading in table.headings
                else "没有这一列，里面的内容没有读"
            )
            found.remarks.append(
                LineRemark(place, table.title, row.line, heading[:20], f"{twice}；列名请照导出的表，不要改。")
            )


def _give_up(found: GatheredFile, sheet: _OpenSheet, place: int) -> None:
    sheet.given_up = True
    text = f"这张表里没有找到“{ID}”等列名，没有读。请从导出的表改起，不要改列名。"
    found.remarks.append(LineRemark(place, sheet.title or "文件", place % OF_A_SHEET, "", text))


def _table_with(headings: list[str]) -> Sheet | None:
    """Give the table whose columns these are, the one with most of them."""
    best = max(SHEETS, key=lambda one: sum(column.heading in headings for column in one.columns))
    return best if any(column.heading in headings for column in best.columns) else None


def _heading(cell: str) -> str:
    text = unicodedata.normalize("NFKC", unguarded(cell.strip().lstrip("\ufeff")))
    known = {unicodedata.normalize("NFKC", one): one for sheet in SHEETS for one in sheet.headings}
    return known.get(text.strip(), text.strip())


def _take(found: GatheredFile, table: Sheet, row: TableRow) -> None:
    id = unguarded(row.cells.get(ID, "").strip()).strip()[:LONGEST_ID]
    if not id:
        text = f"“{ID}”是空的，这一行没有读，请照导出的表填写。"
        found.remarks.append(LineRemark(row.place, table.title, row.line, ID, text))
        return
    called = unguarded(row.cells.get(CALLED if table.key else NAME, "").strip())[:120]
    one = found.matters.setdefault(id, MatterRows(id, called, table.title, row))
    if number := row.cells.get(NUMBER, "").strip():
        one.numbers.append((table.title, row, number[:12]))
    if table.key:
        one.lists.setdefault(table.name, []).append(row)
    elif one.own:
        one.remark(table.title, row, ID, f"和第 {one.own.line} 行是同一件事项，请只留一行。")
    else:
        one.own = row
