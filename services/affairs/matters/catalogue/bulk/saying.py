"""What the rows of a matter ask of a draft, in the shape that the page of a draft sends; and back, where something asked for stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from services.affairs.matters.catalogue.bulk.cells import UnreadableCell, unguarded, value_of
from services.affairs.matters.catalogue.bulk.columns import (
    BETWEEN,
    BY_NAME,
    EMPTIED,
    FEE,
    MATTERS,
    OWN,
    SHEETS,
    Column,
    Sheet,
)
from services.affairs.matters.catalogue.bulk.rows import entries_of

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.bulk.gathering import MatterRows, TableRow
    from services.affairs.matters.catalogue.content import Content
    from services.affairs.matters.catalogue.model import Matter

OF_A_RULE = {"matter.promise_beyond_law": "promise_days"}
"""The column at which a rule's refusal stands, by its code."""


def asked_of(rows: MatterRows, matter: Matter) -> dict[str, Any]:
    """Give what is asked of a draft, beginning with the matter as it is; unreadable cells are noted in `rows`."""
    own, content = dict[str, Any](), dict[str, Any]()
    if rows.own:
        for column, value in _values(rows, MATTERS, rows.own):
            (own if column.name in OWN else content)[column.name] = value
    for name, found in rows.lists.items():
        sheet = BY_NAME[name]
        entries = [] if _emptied(sheet, found) else [_entry(rows, sheet, row) for row in found]
        (content if sheet.content else own)[sheet.key] = entries
    if content:
        as_it_is = content_asked(matter.content)
        fee = {**as_it_is["fee"], **{name: content.pop(name) for name in FEE if name in content}}
        own["content"] = {**as_it_is, **content, "fee": {**fee, "basis": fee["basis"] or ""}}
    return own


def matter_asked(matter: Matter) -> dict[str, Any]:
    """Give a matter as a draft would be asked for it; without its form, which no table holds."""
    own = {name: getattr(matter, name) for name in (*OWN, "materials", "keywords")}
    return {**own, "content": content_asked(matter.content)}


def content_asked(content: Content) -> dict[str, Any]:
    """Give the content as a draft would be asked for it."""
    return {
        **vars(content.law),
        **vars(content.access),
        **vars(content.course),
        "fee": vars(content.fee),
        "days_unit": content.days_unit,
        "sources": [{"field": name, "source": source} for name, source in content.sources.items()],
    }


def remark_on(rows: MatterRows, messages: dict[Any, Any]) -> None:
    """Note where in the file what a shape refuses stands."""
    for path, sentence in _sentences(messages):
        inside = [one for one in path if one not in ("content", "fee")]
        sheet = (
            next((one for one in SHEETS if one.key and one.key == inside[:1][0]), None) if inside else None
        )
        if sheet and sheet.name in rows.lists:
            _remark_in_a_list(rows, sheet, inside[1:], sentence)
        else:
            remark_on_the_matter(rows, str(inside[0]) if inside else "", sentence)


def remark_on_the_matter(rows: MatterRows, name: str, sentence: str) -> None:
    """Note what is wrong with the value of this name, at its column where the file has one."""
    column = next((one for one in MATTERS.columns if one.name == name), None)
    if column and rows.own:
        rows.remark(MATTERS.title, rows.own, column.heading, _in_words(column, sentence))
    else:
        called = f"“{column.heading}”" if column else ""
        rows.remark(rows.sheet, rows.first, "", f"{called}{sentence}")


def entries_now(matter: Matter) -> dict[str, int]:
    """Tell how many entries each list of a matter has, by the table's name."""
    return {one.name: len(entries_of(matter, one)) for one in SHEETS if one.key}


def _values(rows: MatterRows, sheet: Sheet, row: TableRow) -> Iterator[tuple[Column, Any]]:
    for column in sheet.columns:
        if column.heading in row.cells:
            try:
                yield column, value_of(column, row.cells[column.heading])
            except UnreadableCell as why:
                rows.remark(sheet.title, row, column.heading, str(why))


def _entry(rows: MatterRows, sheet: Sheet, row: TableRow) -> Any:
    values = {column.name: value for column, value in _values(rows, sheet, row)}
    return values.get(sheet.columns[0].name, "") if sheet.plain else values


def _emptied(sheet: Sheet, rows: list[TableRow]) -> bool:
    heading = sheet.columns[0].heading
    return len(rows) == 1 and unguarded(rows[0].cells.get(heading, "").strip()) in (EMPTIED, EMPTIED[1:-1])


def _remark_in_a_list(rows: MatterRows, sheet: Sheet, path: list[Any], sentence: str) -> None:
    found = rows.lists[sheet.name]
    at = path[0] if path and isinstance(path[0], int) and path[0] < len(found) else None
    if at is None:
        rows.remark(sheet.title, found[0], "", sentence)
        return
    name = sheet.columns[0].name if sheet.plain else str(path[1]) if len(path) > 1 else ""
    column = next((one for one in sheet.columns if one.name == name), None)
    rows.remark(sheet.title, found[at], column.heading if column else "", _in_words(column, sentence))


def _in_words(column: Column | None, sentence: str) -> str:
    """Name the words of a column instead of its codes, which nobody sees in the table."""
    if column and column.kind in ("one", "some"):
        return f"请填写，只能填：{BETWEEN.join(column.words.values())}。"
    return sentence


def _sentences(messages: Any, path: tuple = ()) -> Iterator[tuple[tuple, str]]:
    if isinstance(messages, dict):
        for name, inside in messages.items():
            yield from _sentences(inside, (*path, name))
    elif isinstance(messages, list):
        for one in messages:
            yield path, str(one)
