"""A workbook (XLSX) as parts of a CSV file: unpacked and read in a child with limits, because a small file can unpack to anything."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from services.chassis.core import child
from services.chassis.core.errors import Rejected
from services.identity.people.register.model import LARGEST_PART

CHILD = Path(__file__).with_name("workbook_child.py")
LIMITS = child.Limits(memory=2 << 30, seconds=1800, processor=600)
"""A workbook of 700,000 people takes two minutes of a processor and half a gigabyte: its texts lie in memory once."""

TOO_LARGE, SEVERAL_SHEETS, NOTHING = 3, 4, 5
"""How the child ends then. It is not imported: who only imports what is here needs no reader of workbooks."""

WHY = {
    TOO_LARGE: "表格解压后太大，请只保留姓名、身份证号、村代码几列，或另存为 CSV UTF-8 再导入。",
    SEVERAL_SHEETS: "有内容的工作表不止一张，请只保留户籍登记这一张再导入。",
    NOTHING: "表格里没有内容，请核对文件。",
}
UNREADABLE = (
    "表格无法打开，可能已损坏或不是 Excel 表格，请在 Excel 或 WPS 中另存为 .xlsx 或 CSV UTF-8 再导入。"
)


def parts_of(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The rows in CSV, UTF-8, in parts that end at a line break; raises Rejected where it cannot be read to its end."""
    waiting = b""
    try:
        with closing(child.stream(CHILD, pieces, LIMITS)) as said:
            for piece in said:
                waiting += piece
                if len(waiting) >= LARGEST_PART:
                    whole, _, waiting = waiting.rpartition(b"\n")
                    yield whole + b"\n"
    except child.ChildFailed as failed:
        raise Rejected("register.workbook_unreadable", WHY.get(failed.status, UNREADABLE)) from None
    if waiting:
        yield waiting
