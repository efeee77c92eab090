"""What became of bad ratings: for everybody, without names."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


def of_the_county(visit: PageVisit) -> dict:
    """Ask for the county that the pages begin with."""
    return {"county": visit.home_county}


PAGE = WebPage(
    "/rated",
    "差评怎样处理",
    EVERYBODY,
    reads={"ratings": Read("GET /published-ratings", of_the_county, passed=("cursor",))},
    sentence="群众给办事打的差评，后来怎样改的，都在这里公布。",
)
