"""Payments, and the provider's callback: its signature is over the raw body, so the body goes on as it came."""

from flask import Request

from gateway.errors import malformed
from gateway.routing import RawBody, Routes
from services.market.paying.payments import contract

CALLBACK = RawBody("text/plain", {"timestamp": "X-Payment-Timestamp", "signature": "X-Payment-Signature"})


def signed(request: Request) -> dict:
    """Give the callback's raw body and the two headers of its signature."""
    try:
        body = request.get_data(cache=False).decode()
    except UnicodeDecodeError:
        raise malformed("支付通知应为 UTF-8 文本。") from None
    given = {name: request.headers.get(header, "") for name, header in CALLBACK.headers.items()}
    return {"body": body, **given}


routes = Routes("支付 payments", contract)

routes.post("/orders/{order_id}/payment", contract.pay_order, status=201)
routes.get("/orders/{order_id}/payment", contract.find_payment)
routes.post("/payments/callback", contract.take_payment_callback, collect=signed, raw=CALLBACK)
