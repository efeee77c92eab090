"""An order as its seller sees it: pack it, ship it, correct how, give it up, write to the buyer, answer for it."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.pages.buyer.claim import by_carrier
from gateway.web.pages.buyer.order import the_last_messages
from gateway.web.visit import PageVisit

SHIPMENT = ("way", "carrier", "tracking")


def as_shipped(visit: PageVisit) -> dict:
    """Fill in how it was shipped, so that what is wrong of it can be put right."""
    order = visit.parts["order"]
    return {name: order.value.get(name) or "" for name in SHIPMENT} if order else {}


PAGE = WebPage(
    "/my/sales/orders/{order_id}",
    "我卖的",
    RESIDENTS,
    reads={
        "order": Read("GET /orders/{order_id}"),
        "claims": Read("GET /orders/{order_id}/claims", optional=True),
        "messages": Read("GET /orders/{order_id}/messages", the_last_messages, optional=True),
    },
    acts={
        "ship": Action(
            "POST /orders/{order_id}/shipment",
            "发货了",
            SHIPMENT,
            starts=by_carrier,
            done="已记下发货，买家会收到通知。",
        ),
        "correct": Action(
            "PATCH /orders/{order_id}/shipment",
            "更正",
            SHIPMENT,
            starts=as_shipped,
            done="已更正，买家会收到通知。",
        ),
        "give_up": Action(
            "POST /orders/{order_id}/giving-up", "不卖了，退钱", ("reason",), done="已取消，钱会退给买家。"
        ),
        "write_to_buyer": Action(
            "POST /orders/{order_id}/messages", "发给买家", ("text",), done="已经发给买家。"
        ),
        "read_buyer": Action(
            "POST /orders/{order_id}/messages/reading", "买家的留言看过了", done="已记下您看过了。"
        ),
    },
)
