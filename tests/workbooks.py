"""Made-up workbooks (XLSX)."""

import io
import zipfile

from openpyxl import Workbook


def workbook(*rows: list, more: dict[str, list[list]] | None = None) -> bytes:
    """A workbook whose first sheet has these rows, `more` the rows of others by their names."""
    book = Workbook()
    for sheet, filled in zip(
        [book.active, *map(book.create_sheet, more or {})], [rows, *(more or {}).values()], strict=True
    ):
        for row in filled:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def with_file(raw: bytes, name: str, text: bytes) -> bytes:
    """The same workbook with one of its files replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, text if one == name else old.read(one))
    return made.getvalue()


def pieces(raw: bytes, size: int = 128 * 1024) -> list[bytes]:
    """Cut a file as a client does."""
    return [raw[at : at + size] for at in range(0, len(raw), size)]
