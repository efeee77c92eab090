"""One cell: text that no program takes for a formula on the way out, and the value that a draft is asked for on the way in."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from services.affairs.matters.catalogue.bulk.columns import BETWEEN
from services.affairs.matters.catalogue.codes import NO, YES

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.bulk.columns import Column

FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")
"""With one of these at its beginning a cell may be taken for a formula (OWASP, CSV Injection; the last four are their full-width forms)."""

GUARD = "'"
MARKS = re.compile("[、，,；;\n]+")
MOST_DIGITS = 12


class UnreadableCell(ValueError):
    """A cell that no value can be made of; the message says what to write there."""


def guarded(text: str) -> str:
    """Give a text as a cell that is read as text; `unguarded` gives the same text back."""
    return GUARD + text if text.startswith((*FORMULA, GUARD)) else text


def unguarded(cell: str) -> str:
    """Give the text of a cell, as it was before it was guarded."""
    return cell[1:] if cell.startswith(GUARD) and cell[1:].startswith((*FORMULA, GUARD)) else cell


def cell_of(column: Column, value: Any) -> str:
    """Give the cell of a value."""
    if value is None or value == "":
        return ""
    if column.kind == "yes_no":
        return YES if value else NO
    if column.kind == "money":
        return f"{Decimal(value) / 100:f}"
    if column.kind == "one":
        return guarded(column.words.get(value, value))
    if column.kind == "some":
        return guarded(BETWEEN.join(column.words.get(one, one) for one in value))
    return guarded(str(value))


def value_of(column: Column, cell: str) -> Any:
    """Give the value of a cell, "" as the kind's own nothing; raises UnreadableCell."""
    text = unguarded(cell.strip()).strip()
    return _READ[column.kind](column, text)


def _whole(_column: Column, text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(rf"[0-9]{{1,{MOST_DIGITS}}}", text):
        raise UnreadableCell("请填一个整数，例如 20，不带单位。")
    return int(text)


def _yes_no(_column: Column, text: str) -> bool | None:
    if text not in ("", YES, NO):
        raise UnreadableCell(f"只能填“{YES}”或“{NO}”。")
    return None if not text else text == YES


def _money(_column: Column, text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text):
        raise UnreadableCell("请填以元为单位的金额，最多两位小数，例如 12.50。")
    return int(Decimal(text) * 100)


def _one(column: Column, text: str) -> str:
    if not text:
        return ""
    for code, word in column.words.items():
        if text == word:
            return code
    raise UnreadableCell(f"没有“{text[:20]}”这一项，只能填：{BETWEEN.join(column.words.values())}。")


def _some(column: Column, text: str) -> list[str]:
    return [_one(column, one.strip()) for one in MARKS.split(text) if one.strip()]


_READ = {
    "text": lambda _column, text: text,
    "whole": _whole,
    "yes_no": _yes_no,
    "money": _money,
    "one": _one,
    "some": _some,
}
