"""An order as its buyer sees it: to pay, to cancel, to say that it came, to have money back, to write to the seller."""

from gateway.web import words
from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit


def the_last_messages(_visit: PageVisit) -> dict:
    """Ask for all that a page of them holds."""
    return {"limit": 100}


def no_more_than_was_paid(visit: PageVisit, asked: dict) -> dict[str, str]:
    """Refuse to ask for more than the order cost, before it is shown once more."""
    order = asked_after(visit, order=PAGE.reads["order"])["order"]
    if not order or asked["amount_fen"] <= order.value["amount_fen"]:
        return {}
    return {"amount_fen": f"不能超过您付的 {words.money(order.value['amount_fen'])}。"}


PAGE = WebPage(
    "/my/orders/{order_id}",
    "我买的",
    RESIDENTS,
    reads={
        "order": Read("GET /orders/{order_id}"),
        "payment": Read("GET /orders/{order_id}/payment", optional=True),
        "claims": Read("GET /orders/{order_id}/claims", optional=True),
        "messages": Read("GET /orders/{order_id}/messages", the_last_messages, optional=True),
    },
    acts={
        "pay": Action("POST /orders/{order_id}/payment", "付款", done="请点下面的“去付款”。"),
        "cancel_order": Action("POST /orders/{order_id}/cancellation", "取消订单", done="订单已取消。"),
        "receive": Action("POST /orders/{order_id}/receipt", "东西收到了", done="已确认收货。"),
        "ask_claim": Action(
            "POST /orders/{order_id}/claims",
            "申请退款",
            ("amount_fen", "goods_back", "reason"),
            check=True,
            looks=no_more_than_was_paid,
            done="已经申请。卖家答复以后会通知您。",
        ),
        "write_to_seller": Action(
            "POST /orders/{order_id}/messages", "发给卖家", ("text",), done="已经发给卖家。"
        ),
        "read_seller": Action(
            "POST /orders/{order_id}/messages/reading", "留言看过了", done="已记下您看过了。"
        ),
    },
)
