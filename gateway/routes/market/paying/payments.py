"""Payments, and the provider's callback: its signature is over the raw body, so the body goes on as it came."""

from flask import Request

from gateway.errors import malformed
from gateway.routing import PUBLIC, RESIDENTS, Routes
from services.market.paying.payments import contract


def signed(request: Request) -> dict:
    """Give the callback's raw body and the two headers of its signature."""
    try:
        body = request.get_data(cache=False).decode()
    except UnicodeDecodeError:
        raise malformed("支付通知应为 UTF-8 文本。") from None
    return {
        "body": body,
        "timestamp": request.headers.get("X-Payment-Timestamp", ""),
        "signature": request.headers.get("X-Payment-Signature", ""),
    }


routes = Routes("market", "支付 payments")
ONE = "/orders/{order_id}/payment"

routes.add(
    "POST",
    ONE,
    "pay_order",
    contract.PayOrder,
    contract.Payment,
    RESIDENTS,
    status=201,
    mandate="orders",
    assurance=0,
)
routes.add("GET", ONE, "find_payment", contract.PayOrder, contract.Payment, RESIDENTS, mandate="orders")
routes.add(
    "POST",
    "/payments/callback",
    "take_payment_callback",
    contract.TakeCallback,
    contract.CallbackTaken,
    PUBLIC,
    keyed=False,
    collect=signed,
)
