"""A spreadsheet from stdin as lines of JSON to stdout, [sheet, line, [cells]]; run by reading.py as a child, imports nothing of ours.

XLSX by openpyxl, read-only; CSV in UTF-8 (with its mark or without), UTF-16 with its mark, or GB18030 as Excel saves it. Blank rows are left out.
Ends with 3 where it is too large, 4 where it is another kind of file, 5 where nothing is in it; any other number: it cannot be read.
"""

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator

TOO_LARGE, OTHER_KIND, NOTHING = 3, 4, 5

MOST_UNPACKED = 200_000_000
"""Bytes: forty times what a county's catalogue unpacks to; what a zip says of itself is checked as it unpacks."""

MOST_FILES, MOST_SHEETS, MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 500, 20, 40_000, 60, 2_000
"""A cell that is cut is still longer than any field may be, and is refused for that."""

OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"<")
ENCODINGS = ("utf-8-sig", "gb18030")


def sheets(sent: bytes) -> Iterator[tuple[str, int, list[str]]]:
    """The rows of all sheets, with the number of their line."""
    if sent.startswith(b"PK\x03\x04"):
        yield from of_a_workbook(sent)
    elif sent.lstrip().startswith(OTHERS):
        sys.exit(OTHER_KIND)
    else:
        yield from of_a_text(sent)


def of_a_workbook(sent: bytes) -> Iterator[tuple[str, int, list[str]]]:
    """The rows of a workbook."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(sent)) as packed:
        files = packed.infolist()
        if len(files) > MOST_FILES or sum(one.file_size for one in files) > MOST_UNPACKED:
            sys.exit(TOO_LARGE)
    book = load_workbook(io.BytesIO(sent), read_only=True, data_only=True, keep_links=False)
    if len(book.worksheets) > MOST_SHEETS:
        sys.exit(TOO_LARGE)
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # programs write wrong ones, and rows would be cut
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield sheet.title, number, [text_of(cell) for cell in row[:MOST_COLUMNS]]


def of_a_text(sent: bytes) -> Iterator[tuple[str, int, list[str]]]:
    """The rows of a text; a row in quotes has the number of its first line."""
    text = decoded(sent)
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max((",", "\t", ";", "，"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line = 1
    for row in reader:
        yield "", line, [text_of(cell) for cell in row[:MOST_COLUMNS]]
        line = reader.line_num + 1


def decoded(sent: bytes) -> str:
    """The text of the bytes; ends where no encoding reads them."""
    if sent.startswith((b"\xff\xfe", b"\xfe\xff")):
        return sent.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return sent.decode(encoding)
        except UnicodeDecodeError:
            continue
    sys.exit(OTHER_KIND)


def text_of(cell: object) -> str:
    """The text of a cell: a whole number without its .0."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)[:LONGEST_CELL].replace("\r\n", "\n").replace("\x00", "")


def main() -> None:
    """Write what was read; ends with a number that says why nothing was."""
    csv.field_size_limit(1 << 20)
    told = False
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="replace", write_through=False)
    for number, (title, line, cells) in enumerate(sheets(sys.stdin.buffer.read())):
        if number == MOST_ROWS:
            out.flush()
            sys.exit(TOO_LARGE)
        if any(cell.strip() for cell in cells):
            told = True
            out.write(json.dumps([title[:60], line, cells], ensure_ascii=False) + "\n")
    out.flush()
    if not told:
        sys.exit(NOTHING)


if __name__ == "__main__":
    main()
