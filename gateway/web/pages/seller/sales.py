"""A seller's desk: what has to be shipped, who wants money back, what is on offer."""

from gateway.web.declarations import RESIDENTS, Read, WebPage

PAGE = WebPage(
    "/my/sales",
    "我卖的",
    RESIDENTS,
    reads={
        "to_ship": Read("GET /orders", lambda visit: {"side": "seller", "state": "paid", "limit": 50}),
        "claims": Read("GET /claims", lambda visit: {"side": "seller", "state": "asked", "limit": 50}),
        "listings": Read("GET /listings/mine", passed=("cursor",)),
        "sold": Read("GET /orders", lambda visit: {"side": "seller", "limit": 10}),
    },
)
