"""A village's own figures: how they stand, who changed them, and changing them."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

FIGURES = (
    "population",
    "households",
    "smartphone_users",
    "aged_18_to_65",
    "households_4g",
    "households_fibre",
)


def of_the_village(visit: PageVisit) -> dict:
    """Name the village: the one that the address says, else the official's own region."""
    return {"code": visit.query["code"] or places.own(visit) or visit.home_county}


PAGE = WebPage(
    "/work/figures",
    "村里的数字",
    OFFICIALS,
    reads={
        "region": Read("GET /regions/{code}", of_the_village),
        "below": Read("GET /regions", lambda visit: {"parent": of_the_village(visit)["code"], "limit": 100}),
        "history": Read("GET /regions/{code}/figures", of_the_village, optional=True),
    },
    acts={
        "change_figures": Action(
            "POST /regions/{code}/figures", "改数字", FIGURES, given=of_the_village, done="数字已改。"
        )
    },
)
