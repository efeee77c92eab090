"""Who looked at my data: officials, and departments that were given some of it."""

from gateway.web.declarations import RESIDENTS, Read, WebPage
from gateway.web.visit import PageVisit


def _departments(visit: PageVisit) -> dict:
    cursor = visit.query["departments"]
    return {"cursor": cursor} if cursor else {}


PAGE = WebPage(
    "/my/privacy/seen",
    "谁看过我的信息",
    RESIDENTS,
    reads={
        "looks": Read("GET /disclosures/mine", passed=("cursor",)),
        "departments": Read("GET /disclosures/mine/departments", _departments),
    },
)
