"""The payment provider over HTTP: signed requests, bounded in time and number; the check of its callbacks.

Both directions are signed alike: `X-Payment-Timestamp` holds Unix seconds, `X-Payment-Signature` the
HMAC-SHA256 (hex, with the shared secret) of `<timestamp>.<body>`. Every request is about our payment's id, so
a repeat changes nothing.
"""

import hashlib
import hmac
import time
from datetime import datetime
from urllib.parse import quote

import orjson
import requests

from services.chassis.core.errors import Forbidden, Invalid, Unavailable
from services.chassis.core.settings import Settings
from services.market.paying.payments.model import Payment

TIMEOUT = (1.0, 2.0)
"""Seconds to connect and to wait for an answer: three tries end before the caller of an RPC gives up."""

PAUSES = (0.2, 0.5)
"""Seconds before the second and third try."""

FRESH_SECONDS = 300
"""A signed callback is good for five minutes to either side of our clock; a copied one not for ever."""

STATES = ("pending", "succeeded", "failed", "refunded")


class PaymentProvider:
    """The provider's client; made without connecting."""

    def __init__(self, url: str, secret: str, callback_url: str):
        self._url = url.rstrip("/")
        self._secret = secret.encode()
        self._callback_url = callback_url
        self._http = requests.Session()

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "PaymentProvider":
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

    def refund(self, payment: Payment) -> dict:
        """Ask for the money back, all of it: state refunded, or what else stands; raises Unavailable."""
        wanted = {"payment_id": payment.id, "amount_fen": payment.amount_fen}
        return self._known(self._send("POST", "/refunds", wanted))

    def read_callback(self, body: str, timestamp: str, signature: str, now: datetime) -> dict:
        """Give what a callback says, if it is the provider's own and fresh; raises Forbidden or Invalid."""
        sent = body.encode("utf-8", "surrogatepass")
        expected = sign(self._secret, timestamp, sent)
        if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass")):
            raise Forbidden("payment.callback_forged", "支付通知的签名不对，不予受理。")
        if not timestamp.isdigit() or abs(now.timestamp() - int(timestamp)) > FRESH_SECONDS:
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
                answer = self._once(method, path, orjson.dumps(wanted) if wanted else b"")
                if answer.status_code < 500:
                    return _understood(answer)
            except requests.RequestException:
                pass  # no answer is treated as a 5xx: asked again, and in the end Unavailable
            if pause is not None:
                time.sleep(pause)
        raise Unavailable("payment.provider_unavailable", "支付平台暂时没有响应，请稍后再试，不会重复扣款。")

    def _once(self, method: str, path: str, body: bytes) -> requests.Response:
        now = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Payment-Timestamp": now,
            "X-Payment-Signature": sign(self._secret, now, body),
        }
        return self._http.request(
            method, self._url + path, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
        )


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Give the signature of a body at a time, 64 hexadecimal digits."""
    return hmac.new(
        secret, timestamp.encode("utf-8", "surrogatepass") + b"." + body, hashlib.sha256
    ).hexdigest()


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
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    whole = isinstance(said, dict) and isinstance(said.get("payment_id"), str) and said.get("state") in STATES
    return said if whole else None
