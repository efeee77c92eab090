"""The check of what providers send: signed with their secret, now, and for the first time."""

import hmac
from datetime import datetime

import orjson
from pymongo.database import Database

from services.chassis.core.errors import Forbidden, Invalid
from services.chassis.core.settings import Settings
from services.identity.notices.messages.provider import sign
from services.identity.notices.messages.store import Nonces

FRESH_SECONDS = 300
"""A signature is good for five minutes to either side of our clock."""

OUTCOMES = ("delivered", "failed")


class DeliveryReceipts:
    """Reads receipts; `secrets` are those of the providers that are set."""

    def __init__(self, secrets: dict[str, str], nonces: Nonces):
        self._secrets, self._nonces = secrets, nonces

    @classmethod
    def from_platform(cls, database: Database, settings: Settings) -> "DeliveryReceipts":
        """Make it from the settings."""
        places = {
            "first": (settings.sms_url, settings.sms_secret),
            "second": (settings.sms_fallback_url, settings.sms_fallback_secret),
        }
        return cls({name: secret for name, (url, secret) in places.items() if url}, Nonces(database))

    def read(self, sent: dict, now: datetime) -> dict:
        """{message_id, state} of a receipt that is the provider's own, fresh and new; raises Forbidden or Invalid."""
        provider, timestamp, nonce = sent["provider"], sent["timestamp"], sent["nonce"]
        body, secret = sent["body"].encode("utf-8", "surrogatepass"), self._secrets.get(provider, "")
        expected = sign(secret.encode(), timestamp, nonce, body)
        given = sent["signature"].encode("utf-8", "surrogatepass")
        if not secret or not hmac.compare_digest(expected.encode(), given):
            raise Forbidden("receipt.forged", "短信回执的签名不对，不予受理。")
        if not timestamp.isdigit() or abs(now.timestamp() - int(timestamp)) > FRESH_SECONDS:
            raise Forbidden("receipt.stale", "短信回执已过时，不予受理，请按当前时间重新签名发送。")
        if not nonce or not self._nonces.is_new(provider, nonce, now):
            raise Forbidden("receipt.replayed", "这份短信回执已经收到过，不予受理。")
        return _read(body)


def _read(body: bytes) -> dict:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        said = None
    if (
        not isinstance(said, dict)
        or not isinstance(said.get("message_id"), str)
        or said.get("state") not in OUTCOMES
    ):
        raise Invalid("receipt.malformed", "短信回执的内容无法识别，请按接口文档发送。")
    return said
