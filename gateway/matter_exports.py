"""The catalogue as a file: the rows of an export, asked for page by page, in the form that was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from flask import Response

from gateway.spreadsheets import CSV, XLSX, SheetTable, as_csv, as_workbook
from gateway.uploads import PRIVATE
from services.chassis.core.clock import CHINA
from services.civic.actor import SYSTEM

ROWS = "list_matter_rows"
MOST_PAGES = 100
"""Ten thousand matters: nine times what a county has."""


def written(client, _asked: dict, answer: dict) -> Response:
    """Give the file; `answer` is a `MatterExport`."""
    sheets = answer["sheets"]
    if answer["format"] == "csv":
        [one] = sheets
        pages = (rows for [rows] in _pages(client, answer))
        return _attached(as_csv(one["headings"], pages), CSV, answer, f"-{one['title']}.csv")
    rows: list[list[list[str]]] = [[] for _ in sheets]
    for page in _pages(client, answer):
        for held, more in zip(rows, page, strict=True):
            held.extend(more)
    tables = [SheetTable(one["title"], one["headings"], held) for one, held in zip(sheets, rows, strict=True)]
    book = as_workbook([*tables, SheetTable(answer["guide_title"], (), answer["guide"])])
    return _attached(book, XLSX, answer, ".xlsx")


def _pages(client, answer: dict) -> Iterator[list[list[list[str]]]]:
    cursor, names = None, [one["name"] for one in answer["sheets"]]
    for _ in range(MOST_PAGES):
        asked = {"regions": answer["regions"], "office": answer["office"], "sheets": names, "cursor": cursor}
        found = client.call("affairs", ROWS, asked, SYSTEM)
        yield found["rows"]
        cursor = found["next"]
        if cursor is None:
            return


def _attached(body, kind: str, answer: dict, ending: str) -> Response:
    made = datetime.fromisoformat(str(answer["made_at"])).astimezone(CHINA)
    name = quote(f"事项目录-{made:%Y%m%d-%H%M}{ending}")
    headers = {
        "Content-Disposition": f"attachment; filename=\"matters-{made:%Y%m%d}.{answer['format']}\"; filename*=UTF-8''{name}",
        "Cache-Control": PRIVATE,
    }
    return Response(body, 200, headers, content_type=kind)
