"""The catalogue as a spreadsheet: take it home, send it back, and what became of former files."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit
from services.affairs.matters.catalogue.operations import MOST_IMPORTED_BYTES, MOST_IMPORTED_LINES

TABLES = (
    ("matters", "事项"),
    ("materials", "材料"),
    ("steps", "办理步骤"),
    ("questions", "常见问题"),
    ("keywords", "群众的说法"),
    ("grounds", "法律依据"),
    ("rules", "程序规定"),
    ("sources", "出处"),
)


def limits(_visit: PageVisit) -> dict:
    """Say how large a file may be, and which tables there are as text."""
    return {
        "tables": TABLES,
        "most_megabytes": MOST_IMPORTED_BYTES // 1_000_000,
        "most_lines": MOST_IMPORTED_LINES,
    }


PAGE = WebPage(
    "/work/catalogue",
    "事项目录：用表格导出、导入",
    OFFICIALS,
    reads={"imports": Read("GET /matter-imports", passed=("cursor",))},
    acts={
        "send_spreadsheet": Action(
            "POST /matter-imports", "上传并检查", done="表格已收到，正在检查。", to="/work/catalogue/{id}"
        )
    },
    prepare=limits,
)
