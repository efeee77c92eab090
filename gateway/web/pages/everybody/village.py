"""A village's home: what it is, who is there, what it sells."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


def _of_the_village(visit: PageVisit) -> dict:
    return {"region": visit.path["code"], "limit": 10}


PAGE = WebPage(
    "/villages/{code}",
    "村",
    EVERYBODY,
    reads={
        "region": Read("GET /regions/{code}"),
        "coverage": Read("GET /coverage/{code}"),
        "listings": Read("GET /listings", _of_the_village),
    },
)
