"""The household register of another office, asked over HTTP: signed both ways, bounded in time, told no number and no name.

    POST <REGISTER_URL>/persons   {"person": fingerprint}
    200                           {"person": the same fingerprint, "found": true or false}

`fingerprint` is the HMAC-SHA256 (hex, with the shared secret) of `person`, ID number and name, joined by line breaks, the name without
blanks and dots, in the form NFKC and capitals. Who holds the register makes the fingerprint of each entry and looks this one up; of
somebody who is not in it under this very name, nothing can be read out of the question.

`X-Register-Timestamp` holds Unix seconds, `X-Register-Nonce` a random word of the request, which works once, `X-Register-Signature` the
HMAC-SHA256 (hex) of `request.<timestamp>.<nonce>.<body>`. The answer is signed over `answer.<its timestamp>.<the request's nonce>.<body>`:
one that was copied, altered or given to another question has another signature.
"""

import hashlib
import hmac
import http.client
import re
import socket
import ssl
import time
from contextlib import closing
from urllib.parse import urlsplit

import orjson

from services.chassis.core.circuit_breaker import CircuitBreaker
from services.chassis.core.deadline import ExchangeDeadline
from services.chassis.core.secrets import keyed_hash, random_token
from services.chassis.core.settings import Settings
from services.identity.people.matches.model import NoAnswer
from services.identity.people.register.lines import plain_name
from services.identity.people.residents.model import Resident

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 2.0, 3.0, 5.0
"""To connect; between two pieces of the answer; for one exchange, however it drips."""

CONNECT_TRIES = 2
"""Only what never left is sent again at once; whatever else fails waits for its second try by the clock."""

LARGEST_ANSWER = 4096
FRESH_SECONDS = 300
"""An answer is good for five minutes to either side of our clock."""

SECONDS = re.compile(r"[0-9]{1,12}")


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
    def from_platform(cls, database, settings: Settings) -> "RegisterProvider":
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
            raise
        self.breaker.succeeded()
        return found

    def _ask(self, fingerprint: str) -> bool:
        body, timestamp, nonce = orjson.dumps({"person": fingerprint}), str(int(time.time())), random_token()
        headers = {
            "Host": self._authority,
            "Content-Type": "application/json",
            "X-Register-Timestamp": timestamp,
            "X-Register-Nonce": nonce,
            "X-Register-Signature": sign(self._secret, "request", timestamp, nonce, body),
        }
        status, told, said = self._exchange(body, headers)
        if status != http.client.OK:
            raise NoAnswer(f"status_{status}")
        self._must_be_signed_for_this_question(told, nonce, said)
        return _read(said, fingerprint)

    def _exchange(self, body: bytes, headers: dict) -> tuple[int, http.client.HTTPMessage, bytes]:
        connection = http.client.HTTPConnection(self._host, self._port)
        connection.auto_open = 0
        with closing(self._connected()) as plain, ExchangeDeadline(plain, WHOLE_SECONDS) as deadline:
            try:
                connection.sock = self._secured(plain)
                connection.request("POST", self._path, body, headers)
                with closing(connection.getresponse()) as answer:
                    said = answer.read(LARGEST_ANSWER + 1)
            except (OSError, http.client.HTTPException, ValueError) as error:
                late = deadline.passed or isinstance(error, TimeoutError)
                raise NoAnswer("timeout" if late else "connection") from None
            finally:
                connection.close()
            if deadline.passed:
                raise NoAnswer("timeout")
            return answer.status, answer.headers, said

    def _connected(self) -> socket.socket:
        for _ in range(CONNECT_TRIES):
            try:
                return socket.create_connection((self._host, self._port), CONNECT_SECONDS)
            except OSError:
                continue
        raise NoAnswer("connection")

    def _secured(self, plain: socket.socket) -> socket.socket:
        plain.settimeout(READ_SECONDS)
        if not self._trusted:
            return plain
        return self._trusted.wrap_socket(plain, server_hostname=self._host)

    def _must_be_signed_for_this_question(self, told, nonce: str, said: bytes) -> None:
        timestamp, given = (told.get(f"X-Register-{name}", "") for name in ("Timestamp", "Signature"))
        expected = sign(self._secret, "answer", timestamp, nonce, said)
        if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass")):
            raise NoAnswer("forged")
        if not SECONDS.fullmatch(timestamp) or abs(time.time() - int(timestamp)) > FRESH_SECONDS:
            raise NoAnswer("stale")


def sign(secret: bytes, what: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Give the signature of a `request` or an `answer`, 64 hexadecimal digits; the one is never good as the other."""
    before = f"{what}.{timestamp}.{nonce}.".encode("utf-8", "surrogatepass")
    return hmac.new(secret, before + body, hashlib.sha256).hexdigest()


def _read(said: bytes, fingerprint: str) -> bool:
    try:
        told = orjson.loads(said)
    except orjson.JSONDecodeError:
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("found"), bool):
        raise NoAnswer("malformed")
    if told.get("person") != fingerprint:
        raise NoAnswer("another_question")
    return told["found"]
