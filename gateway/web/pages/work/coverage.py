"""How many people the villages have vouched for: bars, a tile for each place, and the same as a table."""

from gateway.web import places
from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


def here(visit: PageVisit) -> dict:
    """Name the place that the address says, else the county."""
    return {"code": visit.query["code"] or visit.home_county}


def named(visit: PageVisit) -> dict:
    """Name what is below."""
    rows = visit.parts["below"].items
    return {
        "places": places.names(visit, [here(visit)["code"], *(row["code"] for row in rows)]),
        "code": here(visit)["code"],
    }


PAGE = WebPage(
    "/coverage-map",
    "认证覆盖",
    EVERYBODY,
    reads={
        "whole": Read("GET /coverage/{code}", here),
        "below": Read(
            "GET /coverage", lambda visit: {"parent": here(visit)["code"], "limit": 100}, optional=True
        ),
    },
    prepare=named,
)
