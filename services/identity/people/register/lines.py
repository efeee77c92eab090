"""From the bytes of a part to entries and refusals; a number or a name goes no further than this file.

A county exports UTF-8 (with or without a byte order mark) or GB18030; each line is decoded by itself, so that one broken line is one
refusal. A byte 0x0A is a line break in both encodings and part of no other character.
"""

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.chassis.core.errors import Rejected
from services.identity.people.names import plain_name
from services.identity.people.papers import mask_id_number, the_id_number_is_valid

BOM = b"\xef\xbb\xbf"
HEADINGS = (
    ("身份证号", "公民身份号码", "居民身份证号", "身份证号码"),
    ("姓名",),
    ("村代码", "区划代码", "村（社区）代码", "行政区划代码"),
)
"""What the columns of ID number, name and village may be called."""

WRONG = {
    "encoding": "这一行的文字无法识别，请另存为 UTF-8 或 GB18030 后再导入。",
    "columns": "这一行的列数不够或引号不成对，请补齐。",
    "name": "姓名为空，请补填。",
    "village": "没有这个村（社区）代码，或不在本县，请核对。",
    "repeated": "这个身份证号在前面的行已经出现过，请删去重复的行。",
    "id_number_length": "身份证号应为 18 位，请核对。",
    "id_number_date": "身份证号中的出生日期不存在，请核对。",
    "id_number_check_digit": "身份证号的校验位不对，请核对。",
}
"""What can be wrong with a line, and how it is put right."""

ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")


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
    columns: list[int] | None


@dataclass(frozen=True)
class Hashes:
    """The two keyed hashes of an entry."""

    of_id_number: Callable[[str], str]
    of_name: Callable[[str], str]


def read_part(
    part: bytes, one: Received, hashes: Hashes, known: Callable[[set[str]], set[str]], today: date
) -> Reading:
    """Read the next part of an import; raises Rejected for a first line without the headings.

    `known` gives those of the villages' codes that exist.
    """
    lines = _cut(part.removeprefix(BOM) if one.received == 0 else part)
    encoding, columns = one.encoding or encoding_of(lines), one.columns
    header = columns is None
    if columns is None:
        columns = _columns(_cells(_text(lines[0], encoding) or ""))
    numbered = list(enumerate(lines, one.lines + 1))[header:]
    rows = [(number, _row(line, encoding, columns)) for number, line in numbered if line.strip()]
    villages = known({row[2] for _, row in rows if isinstance(row, tuple)})
    villages = {code for code in villages if code.startswith(one.region)}
    reading = Reading(encoding, columns, len(lines), [], [])
    for number, row in rows:
        made = _entry(number, row, hashes, villages, today)
        if isinstance(made, RegisterEntry):
            reading.entries.append(made)
        else:
            reading.refusals.append(made)
    return reading


def encoding_of(lines: list[bytes]) -> str:
    """Guess the encoding: GB18030 reads almost everything, so UTF-8 counts where most lines that are not plain ASCII are it."""
    speaking = [line for line in lines if not line.isascii()]
    right = sum(_text(line, "utf-8") is not None for line in speaking)
    return "utf-8" if right * 2 >= len(speaking) else "gb18030"


def _cut(part: bytes) -> list[bytes]:
    lines = part.split(b"\n")
    return lines if lines[-1] else lines[:-1]


def _text(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _cells(text: str) -> list[str]:
    try:
        return [cell.strip() for cell in next(csv.reader([text.rstrip("\r")], strict=True), [])]
    except csv.Error:
        return []


def _columns(header: list[str]) -> list[int]:
    places = [next((header.index(name) for name in names if name in header), None) for names in HEADINGS]
    found = [place for place in places if place is not None]
    if len(found) < len(HEADINGS):
        missing = [names[0] for names, place in zip(HEADINGS, places, strict=True) if place is None]
        raise Rejected(
            "register.columns_missing", "文件首行缺少必要的列名，请补上后重新导入。", missing=missing
        )
    return found


def _row(line: bytes, encoding: str, columns: list[int]) -> tuple[str, str, str] | str:
    """Read ID number, name and village, or what is wrong."""
    text = _text(line, encoding)
    if text is None:
        return "encoding"
    cells = _cells(text)
    if len(cells) <= max(columns):
        return "columns"
    number, name, village = (cells[place] for place in columns)
    return unicodedata.normalize("NFKC", number).upper(), name, village


def _entry(
    line: int, row: tuple | str, hashes: Hashes, villages: set[str], today: date
) -> RegisterEntry | Refusal:
    if isinstance(row, str):
        return Refusal(line, row)
    number, name, village = row
    masked = mask_id_number(number) if ID_NUMBER.fullmatch(number) else ""
    try:
        number = the_id_number_is_valid(number, today)
    except Rejected as wrong:
        return Refusal(line, wrong.code.partition(".")[2], masked)
    if not plain_name(name):
        return Refusal(line, "name", masked)
    if village not in villages:
        return Refusal(line, "village", masked)
    return RegisterEntry(line, hashes.of_id_number(number), hashes.of_name(plain_name(name)), village, masked)
