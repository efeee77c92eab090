"""The household register of another office, asked over HTTP: signed both ways, bounded in time, told no number and no name.

    POST <REGISTER_URL>/persons   {"person": fingerprint}
    200                           {"person": the same fingerprint, "found": true or false}

`fingerprint` is the HMAC-SHA256 (hex, with the shared secret) of `person`, ID number and name, joined by line breaks, the name without
blanks, dots and invisible marks, in the form NFKC and capitals, private-use codes of GB 18030 as what is assigned now. Who holds the register makes the fingerprint of each entry and looks this one up; of
somebody who is not in it under this very name, nothing can be read out of the question.

`X-Register-Timestamp` holds Unix seconds, `X-Register-Nonce` a random word of the request, which works once, `X-Register-Signature` the
HMAC-SHA256 (hex) of `request.<timestamp>.<nonce>.<body>`. The answer is signed over `answer.<its timestamp>.<the request's nonce>.<body>`:
one that was copied, altered or given to another question has another signature.
"""

from __future__ import annotations

import http.client
import ssl
import time
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson

from services.chassis.core.circuit_breaker import CircuitBreaker
from services.chassis.core.secrets import keyed_hash, random_token
from services.chassis.http import outcomes
from services.chassis.http.exchange import connected, exchange
from services.chassis.http.signing import is_fresh, is_signed, json_object, signed_headers
from services.civic.settings import CivicSettings
from services.identity.people.matches.model import NoAnswer
from services.identity.people.names import plain_name

if TYPE_CHECKING:
    from services.identity.people.residents.model import Resident

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 2.0, 3.0, 5.0
"""To connect (and again for TLS); between two pieces of the answer; for one exchange, however it drips."""

CONNECT_TRIES = 2
"""Only what never left is sent again at once; whatever else fails waits for its second try by the clock."""

LARGEST_ANSWER = 4096


class RegisterProvider:
    """The provider's client, made without connecting; its breaker is the process's own."""

    def __init__(self, url: str, secret: str, breaker: CircuitBreaker | None = None):
        address = urlsplit(url.rstrip("/"))
        self._trusted = ssl.create_default_context() if address.scheme == "https" else None
        usual = http.client.HTTPS_PORT if self._trusted else http.client.HTTP_PORT
        self._host, self._port = address.hostname or "", address.port or usual
        self._authority, self._path = address.netloc.rpartition("@")[2], f"{address.path}/persons"
        self._secret = secret.encode()
        self.breaker = breaker or CircuitBreaker()

    @classmethod
    def from_platform(cls, database, settings: CivicSettings) -> RegisterProvider:
        """Make it from the settings."""
        return cls(settings.register_url, settings.register_secret)

    @property
    def is_on(self) -> bool:
        """Tell whether there is one."""
        return bool(self._host)

    def fingerprint(self, number: str, name: str) -> str:
        """Give what stands for a person in the question."""
        return keyed_hash(self._secret, "person", number, plain_name(name))

    def subject_of(self, resident: Resident) -> str:
        """Give what changes when the number or the name of a resident does, or the secret with which a question was made."""
        return keyed_hash(self._secret, "subject", resident.id_number_hash, plain_name(resident.name))

    def knows(self, fingerprint: str) -> bool:
        """Tell whether the register has this person; raises NoAnswer, at once where the provider is left alone."""
        if not self.is_on:
            raise NoAnswer("off")
        if not self.breaker.begin():
            raise NoAnswer("resting")
        try:
            found = self._ask(fingerprint)
        except NoAnswer:
            self.breaker.failed()
            outcomes.count("register", ok=False)
            raise
        self.breaker.succeeded()
        outcomes.count("register", ok=True)
        return found

    def _ask(self, fingerprint: str) -> bool:
        body, nonce = orjson.dumps({"person": fingerprint}), random_token()
        headers = signed_headers("Register", self._secret, body, "request", nonce)
        status, told, said = self._exchange(body, {"Host": self._authority, **headers})
        if status != http.client.OK:
            raise NoAnswer(f"status_{status}")
        self._must_be_signed_for_this_question(told, nonce, said)
        return _read(said, fingerprint)

    def _exchange(self, body: bytes, headers: dict) -> tuple[int, http.client.HTTPMessage, bytes]:
        with closing(self._connected()) as connection:
            try:
                with exchange(connection, self._path, body, headers, WHOLE_SECONDS) as (answer, deadline):
                    said = answer.read(LARGEST_ANSWER + 1)
                    if deadline.passed:
                        raise TimeoutError
                    return answer.status, answer.headers, said
            except TimeoutError:
                raise NoAnswer("timeout") from None
            except (OSError, http.client.HTTPException, ValueError):
                raise NoAnswer("connection") from None

    def _connected(self) -> http.client.HTTPConnection:
        place = (self._host, self._host, self._port, self._trusted)
        for _ in range(CONNECT_TRIES):
            try:
                return connected(*place, CONNECT_SECONDS, READ_SECONDS)
            except (OSError, ValueError):
                continue
        raise NoAnswer("connection")

    def _must_be_signed_for_this_question(self, told, nonce: str, said: bytes) -> None:
        timestamp, given = (told.get(f"X-Register-{name}", "") for name in ("Timestamp", "Signature"))
        # the word `answer`: a signed request is never good as one
        if not is_signed(given, self._secret, said, "answer", timestamp, nonce):
            raise NoAnswer("forged")
        if not is_fresh(timestamp, time.time()):
            raise NoAnswer("stale")


def _read(said: bytes, fingerprint: str) -> bool:
    told = json_object(said)
    if not isinstance(told.get("found"), bool):
        raise NoAnswer("malformed")
    if told.get("person") != fingerprint:
        raise NoAnswer("another_question")
    return told["found"]
