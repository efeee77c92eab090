"""One application: its steps and days, and what the applicant can do now."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit

SUPPLIABLE, OPEN = ("materials_missing",), ("submitted", "materials_missing", "supplemented", "accepted")


def materials(visit: PageVisit) -> dict:
    """Read which papers were ticked, each with its remark."""
    names = visit.sent.getlist("material")[:30]
    return {"materials": [{"name": one, "note": visit.sent.get(f"note {one}", "")} for one in names]}


PAGE = WebPage(
    "/my/applications/{application_id}",
    "我的申请",
    RESIDENTS,
    reads={"application": Read("GET /applications/{application_id}")},
    acts={
        "supply": Action(
            "POST /applications/{application_id}/supply",
            "提交补正的材料",
            given=materials,
            done="材料已补正。",
        ),
        "withdraw": Action("POST /applications/{application_id}/withdrawal", "撤回申请", done="申请已撤回。"),
        "rate": Action(
            "POST /applications/{application_id}/rating",
            "评价",
            ("stars", "comment"),
            done="谢谢您的评价。",
        ),
    },
)
