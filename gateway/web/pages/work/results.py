"""Papers that people wait for: to be printed, fetched or posted, longest first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit


def named(visit: PageVisit) -> dict:
    """Name the places."""
    return {"places": places.names(visit, [row["region"] for row in visit.parts["results"].items])}


PAGE = WebPage(
    "/work/results",
    "待交付的文书",
    OFFICIALS,
    reads={"results": Read("GET /results", passed=("cursor",))},
    prepare=named,
)
