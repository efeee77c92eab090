"""An SMS provider over HTTP: signed requests, bounded in time; each is about our message's id, so a repeat sends nothing twice.

Both directions are signed alike: `X-Sms-Timestamp` holds Unix seconds, `X-Sms-Nonce` a random word that works once,
`X-Sms-Signature` the HMAC-SHA256 (hex, with the shared secret) of `<timestamp>.<nonce>.<body>`.
"""

from dataclasses import dataclass
from urllib.parse import quote

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from services.chassis.http.client import SignedClient
from services.chassis.http.signing import json_object
from services.civic.settings import CivicSettings

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
        self._client = SignedClient(url, secret, "Sms", timeout, nonced=True)
        self._callback_url = callback_url

    def send(self, message_id: str, phone: str, text: str) -> SmsFailure | None:
        """Ask for a message to be sent; gives why it was not taken, None where it was."""
        wanted = {"message_id": message_id, "phone": phone, "text": text, "callback_url": self._callback_url}
        said = self._ask("POST", "/messages", wanted)
        if isinstance(said, SmsFailure):
            return said
        return None if said.get("message_id") == message_id else SmsFailure("answer")

    def state_of(self, message_id: str) -> str | None:
        """Give what the provider says of a message: accepted, delivered or failed; None where it does not know or answer."""
        said = self._ask("GET", f"/messages/{quote(message_id, safe='')}")
        if isinstance(said, SmsFailure) or said.get("message_id") != message_id:
            return None
        return said["state"]

    def _ask(self, method: str, path: str, wanted: dict | None = None) -> dict | SmsFailure:
        try:
            answer = self._client.ask(method, path, wanted)
        except requests.RequestException as error:
            return SmsFailure("connection" if _never_left(error) else "timeout")
        if answer.status_code in (400, 422):
            return SmsFailure("refused")
        if answer.status_code == 429:
            return SmsFailure("busy")
        if not answer.ok:
            return SmsFailure(f"status_{answer.status_code}")
        said = json_object(answer.content)
        return said if said.get("state") in STATES else SmsFailure("answer")


def places_of(settings: CivicSettings) -> dict[str, tuple[str, str]]:
    """Give address and secret of the providers that are set, in the order in which they are asked: `first` and `second`."""
    places = {
        "first": (settings.sms_url, settings.sms_secret),
        "second": (settings.sms_fallback_url, settings.sms_fallback_secret),
    }
    return {name: (url, secret) for name, (url, secret) in places.items() if url}


def providers_of(settings: CivicSettings) -> dict[str, SmsProvider]:
    """Give the providers that are set; none means that SMS is off."""
    return {
        name: SmsProvider(url, secret, f"{settings.public_url}/messages/receipts/{name}")
        for name, (url, secret) in places_of(settings).items()
    }


def _never_left(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, (NewConnectionError, ConnectTimeoutError))
