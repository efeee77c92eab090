"""The head's view: what waits at whose desk, and of which matter, with what is late."""

from gateway.web import colleagues, places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit


def named(visit: PageVisit) -> dict:
    """Name the clerks."""
    region = places.own(visit, "county_administrator", "town_administrator")
    return {"called": colleagues.names(colleagues.of_the_place(visit, region)) if region else {}}


PAGE = WebPage(
    "/work/workload",
    "谁手上有多少件",
    OFFICIALS,
    reads={"workload": Read("GET /applications/workload")},
    prepare=named,
    in_full=True,
)
