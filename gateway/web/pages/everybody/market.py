"""What is on sale: by words, by town, by price."""

from urllib.parse import urlencode

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit

SORTS = {"newest": "新上架的在前", "price_asc": "便宜的在前", "price_desc": "贵的在前"}
ASKED = ("text", "region", "sort", "seller_id")


def towns(visit: PageVisit) -> dict:
    """Ask for the towns of the county, to narrow the search."""
    return {"parent": visit.home_county, "limit": 100}


def narrowed(visit: PageVisit) -> dict:
    """Give the choices, and the address of the next rows, which keeps what was asked."""
    kept = {name: visit.query[name] for name in ASKED if visit.query[name]}
    listings = visit.parts["listings"]
    more = listings.value["next"] if listings else None
    return {"sorts": SORTS, "asked": bool(kept), "more": urlencode(kept | {"cursor": more}) if more else ""}


PAGE = WebPage(
    "/market",
    "买农产品",
    EVERYBODY,
    reads={
        "listings": Read("GET /listings", passed=(*ASKED, "cursor")),
        "towns": Read("GET /regions", towns),
    },
    prepare=narrowed,
    sentence="村里人自己种、自己养的东西，村委会看过才上架。",
)
