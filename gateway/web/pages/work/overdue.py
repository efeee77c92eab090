"""What was told to a head, or to the county, as late: the longest due on top."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit


def named(visit: PageVisit) -> dict:
    """Name the places of the rows."""
    return {"places": places.names(visit, [row["region"] for row in visit.parts["overdue"].items])}


PAGE = WebPage(
    "/work/overdue",
    "超期的申请",
    OFFICIALS,
    reads={"overdue": Read("GET /applications/overdue", passed=("cursor",))},
    prepare=named,
)
