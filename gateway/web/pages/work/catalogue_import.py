"""One file on its way into the catalogue: what would become of each line, what is to be mended, and the step that makes drafts of it."""

from gateway.web import colleagues
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

ONE = "/matter-imports/{import_id}"


def report(visit: PageVisit) -> dict:
    """Say who was faster, and whether the file is the reader's own."""
    found = visit.parts["found"]
    if not found:
        return {"own": False, "names": {}}
    own = found.value["by"] == visit.actor.id
    named = visit.parts["lines"] and any(one["by"] for one in visit.parts["lines"].items)
    names = (
        colleagues.names(colleagues.of_the_place(visit, found.value["region"])) if named or not own else {}
    )
    return {"own": own, "names": {visit.actor.id: "您", **names}}


PAGE = WebPage(
    "/work/catalogue/{import_id}",
    "导入的检查结果",
    OFFICIALS,
    reads={
        "found": Read(f"GET {ONE}"),
        "lines": Read(f"GET {ONE}/lines", passed=("outcome", "cursor")),
    },
    acts={
        "make_drafts": Action(
            f"POST {ONE}/application",
            "存为草稿",
            ("note", "hand_in"),
            sees="found",
            done="正在存为草稿。",
        )
    },
    prepare=report,
    in_full=True,
)
