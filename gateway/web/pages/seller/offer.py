"""Offer produce: the village looks at it before it is on sale."""

from gateway.web.declarations import LEFT_OUT, RESIDENTS, Action, WebPage

PAGE = WebPage(
    "/my/sales/offer",
    "卖农产品",
    RESIDENTS,
    acts={
        "offer": Action(
            "POST /listings",
            "发布",
            ("title", "description", "unit", "price_fen", "stock_milli", "step_milli"),
            needed={"stock_milli": LEFT_OUT},
            check=True,
            done="已经交给村里看。村里同意以后，大家就能看到。",
            to="/my/sales/{id}",
        )
    },
)
