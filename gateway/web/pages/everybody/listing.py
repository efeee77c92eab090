"""One offer: price, stock, the village that vouches for it, and a code that opens this page on another phone."""

from functools import lru_cache

import segno
from flask import current_app
from markupsafe import Markup

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


@lru_cache(maxsize=1000)
def code_of(address: str) -> Markup:
    """Draw the address as a QR code; without style attributes, which the pages' policy forbids."""
    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(svgclass="code", lineclass=None, omitsize=True))


def village_and_code(visit: PageVisit) -> dict:
    """Give the village that the offer is from, and the code of the page."""
    asking, listing = current_app.extensions["web"].asking, visit.parts["listing"]
    village = asking.parts(
        visit,
        {"village": Read("GET /regions/{code}", lambda _: {"code": listing.value["region"]}, optional=True)}
        if listing
        else {},
    ).get("village")
    address = f"{asking.settings.public_url.rstrip('/')}/market/{visit.path['listing_id']}"
    return {"village": village, "code": code_of(address) if listing else ""}


PAGE = WebPage(
    "/market/{listing_id}",
    "农产品",
    EVERYBODY,
    reads={"listing": Read("GET /listings/{listing_id}")},
    prepare=village_and_code,
    sentence="村里人自己种、自己养的，村委会看过才上架。",
)
