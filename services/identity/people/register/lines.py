"""From the lines of a part to entries and refusals; a number or a name goes no further than this file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.chassis.core.cleaning import compact
from services.chassis.core.errors import Rejected
from services.civic.masking import mask_id_number
from services.identity.people.names import plain_name
from services.identity.people.papers import the_id_number_is_valid
from services.identity.people.register.table import Layout, layout_of, rows_of, unguarded
from services.identity.people.register.text import LINE_BY_LINE, it_is_not_big5, lines_of

WRONG = {
    "encoding": "这一行的文字无法识别，请另存为 UTF-8 或 GB18030 后再导入。",
    "columns": "这一行的列数不够或引号不成对，请补齐。",
    "name": "姓名为空，请补填。",
    "village": "没有这个村（社区）代码，或不在本县，请核对。",
    "repeated": "这个身份证号在前面的行已经出现过，请删去重复的行。",
    "id_number_digits_lost": "Excel 已丢失末三位，不能补回。请把身份证号一列设为“文本”格式，从原系统重新导出。",
    "village_digits_lost": "Excel 把村代码改成了科学计数法。请把这一列设为“文本”格式，从原系统重新导出。",
    "id_number_length": "身份证号应为 18 位，请核对。",
    "id_number_date": "身份证号中的出生日期不存在，请核对。",
    "id_number_check_digit": "身份证号写错了（最后一位核对不上），请照证件核对。",
}
"""What can be wrong with a line, and how it is put right."""

ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
DIGITS_LOST = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
"""What a program makes of a long number that it takes for an amount: 5.10183E+17. It knows 15 digits, the others are gone."""

LOST_END = "000"
"""What the last three digits become when such a number is shown in full again."""


@dataclass(frozen=True)
class RegisterEntry:
    """One person of the register."""

    line: int
    id_hash: str
    name_hash: str
    village: str
    masked: str


@dataclass(frozen=True)
class Refusal:
    """One line that is not taken; `what` is a key of WRONG."""

    line: int
    what: str
    masked: str = ""


@dataclass
class Reading:
    """What a part holds."""

    encoding: str
    separator: str
    columns: list[int]
    lines: int
    entries: list[RegisterEntry]
    refusals: list[Refusal]


class Received(Protocol):
    """The import of which a part is read, as far as its lines need it: `columns` are None before the first line."""

    region: str
    received: int
    lines: int
    encoding: str | None
    separator: str
    columns: list[int] | None


@dataclass(frozen=True)
class Hashes:
    """The two keyed hashes of an entry."""

    of_id_number: Callable[[str], str]
    of_name: Callable[[str], str]


def read_part(
    part: bytes, one: Received, hashes: Hashes, known: Callable[[set[str]], set[str]], today: date
) -> Reading:
    """Read the next part of an import; raises Rejected for a first part without the headings, or of another kind of file.

    `known` gives those of the villages' codes that exist.
    """
    encoding, lines = lines_of(part, one.encoding, one.received == 0)
    try:
        layout = _layout(lines, one)
    except Rejected:
        if encoding in LINE_BY_LINE:
            it_is_not_big5(part)
        raise
    rows = [
        (row.line, _fields(row.cells, layout.columns))
        for row in rows_of(lines, one.lines + 1, layout.separator, max(layout.columns) + 1)
        if row.line > layout.line
    ]
    villages = known({row[2] for _, row in rows if isinstance(row, tuple)})
    villages = {code for code in villages if code.startswith(one.region)}
    reading = Reading(encoding, layout.separator, layout.columns, len(lines), [], [])
    for number, row in rows:
        made = _entry(number, row, hashes, villages, today)
        if isinstance(made, RegisterEntry):
            reading.entries.append(made)
        else:
            reading.refusals.append(made)
    return reading


def _layout(lines: list[str | None], one: Received) -> Layout:
    if one.columns is None:
        return layout_of(lines, one.lines + 1)
    return Layout(one.separator, one.columns, 0)


def _fields(cells: list[str] | None, columns: list[int]) -> tuple[str, str, str] | str:
    """ID number, name and village, or what is wrong."""
    if cells is None:
        return "encoding"
    if len(cells) <= max(columns):
        return "columns"
    number, name, village = (unguarded(cells[place]) for place in columns)
    return _standard(number), name, _standard(village)


def _standard(number: str) -> str:
    return compact(number).upper()


def _entry(
    line: int, row: tuple | str, hashes: Hashes, villages: set[str], today: date
) -> RegisterEntry | Refusal:
    if isinstance(row, str):
        return Refusal(line, row)
    number, name, village = row
    masked = mask_id_number(number) if ID_NUMBER.fullmatch(number) else ""
    wrong = _wrong_with_the_number(number, today)
    if wrong:
        return Refusal(line, wrong, masked)
    if not plain_name(name):
        return Refusal(line, "name", masked)
    if village not in villages:
        return Refusal(line, "village_digits_lost" if DIGITS_LOST.fullmatch(village) else "village", masked)
    return RegisterEntry(line, hashes.of_id_number(number), hashes.of_name(plain_name(name)), village, masked)


def _wrong_with_the_number(number: str, today: date) -> str | None:
    """What is wrong with an ID number; one that lost digits is never repaired: a hundred people could be meant."""
    if DIGITS_LOST.fullmatch(number):
        return "id_number_digits_lost"
    try:
        the_id_number_is_valid(number, today)
    except Rejected as wrong:
        what = wrong.code.partition(".")[2]
        lost = what == "id_number_check_digit" and number.endswith(LOST_END)
        return "id_number_digits_lost" if lost else what
    return None
