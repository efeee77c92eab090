"""A file of strangers as rows of cells, read in a process of its own with limits: a small file can unpack to anything."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from services.chassis.core import child
from services.chassis.core.errors import Rejected

CHILD = Path(__file__).with_name("read_child.py")
LIMITS = child.Limits(memory=1 << 30, seconds=60, processor=40)
"""A county's 1,150 matters with all their lists take three seconds of a processor and 80 MB."""

TOO_LARGE, OTHER_KIND, NOTHING = 3, 4, 5
"""How the child ends then. It is not imported: who only imports what is here needs no reader of workbooks."""

MOST_LINES = 40_000
WHY = {
    TOO_LARGE: f"表格太大：所有工作表合计最多 {MOST_LINES} 行、20 张工作表，请分几次导入。",
    OTHER_KIND: "这不是表格文件，请在 Excel 或 WPS 里另存为 .xlsx 或 CSV UTF-8，再导入。",
    NOTHING: "文件里没有内容，请核对后再导入。",
}
UNREADABLE = "文件打不开，可能已经损坏，请在 Excel 或 WPS 里另存为 .xlsx 或 CSV UTF-8，再导入。"


@dataclass(frozen=True)
class SheetRow:
    """One row as it was read: `sheet` is the title of its sheet, "" in a text; `line` counts from 1."""

    sheet: str
    line: int
    cells: list[str]


def rows_in(pieces: Iterable[bytes], whose: str) -> Iterator[SheetRow]:
    """Give the rows of a file, of one person's files one at a time; raises Rejected where it cannot be read to its end, Unavailable where too many are being read."""
    waiting = b""
    try:
        with closing(child.stream(CHILD, pieces, LIMITS, whose)) as said:
            for piece in said:
                *whole, waiting = (waiting + piece).split(b"\n")
                yield from (SheetRow(*json.loads(line)) for line in whole)
    except child.ChildFailed as failed:
        raise Rejected("matter_import.unreadable", WHY.get(failed.status, UNREADABLE)) from None
