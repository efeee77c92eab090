"""The payment provider over HTTP: signed requests, bounded in time and number; the check of its callbacks.

Both directions are signed alike: `X-Payment-Timestamp` holds Unix seconds, `X-Payment-Signature` the
HMAC-SHA256 (hex, with the shared secret) of `<timestamp>.<body>`. Every request is about our payment's id, so
a repeat changes nothing.
"""

import time
from datetime import datetime
from urllib.parse import quote

import requests

from services.chassis.core.errors import Forbidden, Invalid, Unavailable
from services.chassis.http import outcomes
from services.chassis.http.client import SignedClient
from services.chassis.http.signing import is_fresh, is_signed, json_object
from services.civic.settings import CivicSettings
from services.market.paying.payments.ledger import Refund
from services.market.paying.payments.model import Payment

TIMEOUT = (1.0, 2.0)
"""Seconds to connect and to wait for an answer: three tries end before the caller of an RPC gives up."""

PAUSES = (0.2, 0.5)
"""Seconds before the second and third try."""

STATES = ("pending", "succeeded", "failed", "refunded")


class PaymentProvider:
    """The provider's client; made without connecting."""

    def __init__(self, url: str, secret: str, callback_url: str):
        self._client = SignedClient(url, secret, "Payment", TIMEOUT)
        self._secret = secret.encode()
        self._callback_url = callback_url

    @classmethod
    def from_platform(cls, database, settings: CivicSettings) -> "PaymentProvider":
        """Make it from the settings; refuses to start without address and secret."""
        settings.required("payment_url", "payment_secret")
        return cls(settings.payment_url, settings.payment_secret, f"{settings.public_url}/payments/callback")

    def open(self, payment: Payment) -> dict:
        """Ask for a payment: {payment_id, ..., state, provider_id, pay_url}; raises Unavailable."""
        wanted = {
            "payment_id": payment.id,
            "order_id": payment.order_id,
            "amount_fen": payment.amount_fen,
            "expires_at": payment.pay_by.isoformat(),
            "callback_url": self._callback_url,
        }
        return self._known(self._send("POST", "/payments", wanted))

    def ask(self, payment_id: str) -> dict | None:
        """Give what the provider knows of a payment, None where it does not know it; raises Unavailable."""
        return self._send("GET", f"/payments/{quote(payment_id, safe='')}")

    def refund(self, payment: Payment, refund: Refund) -> dict:
        """Ask for one refund: what stands of the payment and its `refunds`; asked again, nothing more goes back.

        Raises Unavailable, also where the provider refuses it.
        """
        wanted = {"payment_id": payment.id, "refund_id": refund.id, "amount_fen": refund.amount_fen}
        return self._known(self._send("POST", "/refunds", wanted))

    def read_callback(self, body: str, timestamp: str, signature: str, now: datetime) -> dict:
        """Give what a callback says, if it is the provider's own and fresh; raises Forbidden or Invalid."""
        sent = body.encode("utf-8", "surrogatepass")
        if not is_signed(signature, self._secret, sent, timestamp):
            raise Forbidden("payment.callback_forged", "支付通知的签名不对，不予受理。")
        if not is_fresh(timestamp, now.timestamp()):
            raise Forbidden("payment.callback_stale", "支付通知已过时，不予受理，请按当前时间重新签名发送。")
        said = _read(sent)
        if said is None:
            raise Invalid("payment.callback_malformed", "支付通知的内容无法识别，请按接口文档发送。")
        return said

    def _known(self, said: dict | None) -> dict:
        if said is None:
            raise Unavailable("payment.provider_lost_it", "支付平台没有受理，请稍后再试。")
        return said

    def _send(self, method: str, path: str, wanted: dict | None = None) -> dict | None:
        for pause in (*PAUSES, None):
            try:
                answer = self._client.ask(method, path, wanted)
                if answer.status_code < 500:
                    outcomes.count("payment", ok=True)
                    return _understood(answer)
            except requests.RequestException:
                pass  # no answer is treated as a 5xx: asked again, and in the end Unavailable
            outcomes.count("payment", ok=False)
            if pause is not None:
                time.sleep(pause)
        raise Unavailable("payment.provider_unavailable", "支付平台暂时没有响应，请稍后再试，不会重复扣款。")


def _understood(answer: requests.Response) -> dict | None:
    if answer.status_code == 404:
        return None
    said = _read(answer.content) if answer.ok else None
    if said is None:
        raise Unavailable(
            "payment.provider_refused", "支付平台没有受理，请联系平台管理人员。", status=answer.status_code
        )
    return said


def _read(body: bytes) -> dict | None:
    """Give the provider's JSON object about a payment, None where it is not one."""
    said = json_object(body)
    return said if isinstance(said.get("payment_id"), str) and said.get("state") in STATES else None
