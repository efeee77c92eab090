"""One of my offers: change price and stock, take it off sale."""

from gateway.web import words
from gateway.web.declarations import LEFT_OUT, RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit


def as_it_is(visit: PageVisit) -> dict:
    """Fill in price and stock as they are, so that one of them can be changed alone."""
    listing = visit.parts["listing"]
    if not listing:
        return {}
    now = listing.value
    return {"price_fen": f"{now['price_fen'] / 100:.2f}", "stock_milli": words.amount(now["stock_milli"])}


PAGE = WebPage(
    "/my/sales/{listing_id}",
    "我卖的",
    RESIDENTS,
    reads={"listing": Read("GET /listings/offers/{listing_id}")},
    acts={
        "change": Action(
            "PATCH /listings/{listing_id}",
            "改好了",
            ("price_fen", "stock_milli"),
            needed={"price_fen": LEFT_OUT, "stock_milli": LEFT_OUT},
            starts=as_it_is,
            done="已经改好。",
        ),
        "take_off": Action(
            "POST /listings/{listing_id}/withdrawal",
            "下架，不卖了",
            sure="下架以后不能再上架，要卖得重新发布、重新请村里核实。已经下的单还要办完。",
            done="已下架。",
        ),
    },
)
