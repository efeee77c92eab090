"""A person's own messages, and the providers' receipts: their signature is over the raw body, so it goes on as it came."""

from flask import Request

from gateway.errors import malformed
from gateway.routing import RawBody, Routes
from services.identity.notices.messages import contract

RECEIPT = RawBody(
    "text/plain",
    {"timestamp": "X-Sms-Timestamp", "nonce": "X-Sms-Nonce", "signature": "X-Sms-Signature"},
)


def signed(request: Request) -> dict:
    """Give a receipt's raw body and the three headers of its signature."""
    try:
        body = request.get_data(cache=False).decode()
    except UnicodeDecodeError:
        raise malformed("短信回执应为 UTF-8 文本。") from None
    given = {name: request.headers.get(header, "") for name, header in RECEIPT.headers.items()}
    return {"body": body, **given}


routes = Routes("短信 messages", contract)
routes.get("/messages", contract.list_messages)
routes.post("/messages/receipts/{provider}", contract.take_sms_receipt, collect=signed, raw=RECEIPT)
