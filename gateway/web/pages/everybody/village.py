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
        "contact": Read(
            "GET /contacts/{region}", lambda visit: {"region": visit.path["code"]}, optional=True
        ),
        "coverage": Read("GET /coverage/{code}"),
        "listings": Read("GET /listings", _of_the_village),
    },
    sentence="村里的电话、办事和农产品。",
)
