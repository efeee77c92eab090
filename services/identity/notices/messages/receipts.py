"""The check of what providers send: signed with their secret, now, and for the first time."""

from datetime import datetime

from pymongo.database import Database

from services.chassis.core.errors import Forbidden, Invalid
from services.chassis.http.signing import is_fresh, is_signed, json_object
from services.civic.settings import CivicSettings
from services.identity.notices.messages.provider import places_of
from services.identity.notices.messages.store import Nonces

OUTCOMES = ("delivered", "failed")


class DeliveryReceipts:
    """Reads receipts; `secrets` are those of the providers that are set."""

    def __init__(self, secrets: dict[str, str], nonces: Nonces):
        self._secrets, self._nonces = secrets, nonces

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "DeliveryReceipts":
        """Make it from the settings."""
        secrets = {name: secret for name, (_, secret) in places_of(settings).items()}
        return cls(secrets, Nonces(database))

    def read(self, sent: dict, now: datetime) -> dict:
        """{message_id, state} of a receipt that is the provider's own, fresh and new; raises Forbidden or Invalid."""
        provider, timestamp, nonce = sent["provider"], sent["timestamp"], sent["nonce"]
        body, secret = sent["body"].encode("utf-8", "surrogatepass"), self._secrets.get(provider, "")
        if not secret or not is_signed(sent["signature"], secret.encode(), body, timestamp, nonce):
            raise Forbidden("receipt.forged", "短信回执的签名不对，不予受理。")
        if not is_fresh(timestamp, now.timestamp()):
            raise Forbidden("receipt.stale", "短信回执已过时，不予受理，请按当前时间重新签名发送。")
        if not nonce or not self._nonces.is_new(provider, nonce, now):
            raise Forbidden("receipt.replayed", "这份短信回执已经收到过，不予受理。")
        return _read(body)


def _read(body: bytes) -> dict:
    said = json_object(body)
    if not isinstance(said.get("message_id"), str) or said.get("state") not in OUTCOMES:
        raise Invalid("receipt.malformed", "短信回执的内容无法识别，请按接口文档发送。")
    return said
