"""An SMS provider over HTTP: signed requests, bounded in time; each is about our message's id, so a repeat sends nothing twice.

Both directions are signed alike: `X-Sms-Timestamp` holds Unix seconds, `X-Sms-Nonce` a random word that works once,
`X-Sms-Signature` the HMAC-SHA256 (hex, with the shared secret) of `<timestamp>.<nonce>.<body>`.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass
from urllib.parse import quote

import orjson
import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from services.chassis.core.secrets import random_token
from services.chassis.core.settings import Settings

TIMEOUT = (2.0, 5.0)
"""Seconds to connect and to wait for an answer."""

STATES = ("accepted", "delivered", "failed")


@dataclass(frozen=True)
class SmsFailure:
    """Why a provider did not take a message, in one word: connection, timeout, answer, busy, refused or status_<code>.

    After a `timeout` it may have it all the same; what it has `refused` it will never take.
    """

    kind: str

    @property
    def may_have_it(self) -> bool:
        """Tell whether the message may be on its way."""
        return self.kind == "timeout"

    @property
    def is_final(self) -> bool:
        """Tell whether asking this provider again is of no use."""
        return self.kind == "refused"


class SmsProvider:
    """One provider's client; made without connecting."""

    def __init__(self, url: str, secret: str, callback_url: str, timeout: tuple[float, float] = TIMEOUT):
        self._url, self._secret = url.rstrip("/"), secret.encode()
        self._callback_url, self._timeout = callback_url, timeout
        self._http = requests.Session()

    def send(self, message_id: str, phone: str, text: str) -> SmsFailure | None:
        """Ask for a message to be sent; gives why it was not taken, None where it was."""
        wanted = {"message_id": message_id, "phone": phone, "text": text, "callback_url": self._callback_url}
        said = self._ask("POST", "/messages", orjson.dumps(wanted))
        if isinstance(said, SmsFailure):
            return said
        return None if said.get("message_id") == message_id else SmsFailure("answer")

    def state_of(self, message_id: str) -> str | None:
        """Give what the provider says of a message: accepted, delivered or failed; None where it does not know or answer."""
        said = self._ask("GET", f"/messages/{quote(message_id, safe='')}", b"")
        if isinstance(said, SmsFailure) or said.get("message_id") != message_id:
            return None
        return said["state"]

    def _ask(self, method: str, path: str, body: bytes) -> dict | SmsFailure:
        try:
            answer = self._http.request(
                method, self._url + path, data=body, headers=signed(self._secret, body),
                timeout=self._timeout, allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException as error:
            return SmsFailure("connection" if _never_left(error) else "timeout")
        if answer.status_code in (400, 422):
            return SmsFailure("refused")
        if answer.status_code == 429:
            return SmsFailure("busy")
        if not answer.ok:
            return SmsFailure(f"status_{answer.status_code}")
        return _read(answer.content)


def providers_of(settings: Settings) -> dict[str, SmsProvider]:
    """Give the providers that are set, in the order in which they are asked: `first` and `second`; none means that SMS is off."""
    places = {
        "first": (settings.sms_url, settings.sms_secret),
        "second": (settings.sms_fallback_url, settings.sms_fallback_secret),
    }
    return {
        name: SmsProvider(url, secret, f"{settings.public_url}/messages/receipts/{name}")
        for name, (url, secret) in places.items()
        if url
    }


def sign(secret: bytes, timestamp: str, nonce: str, body: bytes) -> str:
    """Give the signature of a body at a time, 64 hexadecimal digits."""
    before = f"{timestamp}.{nonce}.".encode("utf-8", "surrogatepass")
    return hmac.new(secret, before + body, hashlib.sha256).hexdigest()


def signed(secret: bytes, body: bytes) -> dict[str, str]:
    """Give the headers of a request that is signed now."""
    timestamp, nonce = str(int(time.time())), random_token()
    return {
        "Content-Type": "application/json",
        "X-Sms-Timestamp": timestamp,
        "X-Sms-Nonce": nonce,
        "X-Sms-Signature": sign(secret, timestamp, nonce, body),
    }


def _never_left(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))


def _read(body: bytes) -> dict | SmsFailure:
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return SmsFailure("answer")
    whole = isinstance(said, dict) and said.get("state") in STATES
    return said if whole else SmsFailure("answer")
