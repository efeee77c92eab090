"""What the simulated register knows, and how it answers: late, in drops, wrongly, with a copy or not at all, as told."""

import hashlib
import hmac
import json
import re
import secrets
import threading
import time
import unicodedata
from dataclasses import dataclass, fields, replace

NONCES_KEPT = 10_000
NOT_WRITTEN = re.compile(r"[\s·•・‧∙．.]")
"""What people write in a name or leave out."""


@dataclass(frozen=True)
class Behaviour:
    """How the register behaves; times in milliseconds.

    `slow_ms` until a question is answered, `drip_ms` between two bytes of the answer, `fail_first_n` questions are answered 503,
    `hang_up` answers none. It lies: `wrong_signature`, `altered` (another result than the one that was signed), `another` (signed,
    about another person), `stale` (signed for an hour ago), `replay` (a copy of its last answer before).
    """

    slow_ms: int = 0
    drip_ms: int = 0
    fail_first_n: int = 0
    hang_up: bool = False
    wrong_signature: bool = False
    altered: bool = False
    another: bool = False
    stale: bool = False
    replay: bool = False

    def told(self, wanted: dict) -> "Behaviour":
        """Give the behaviour with what is wanted; raises ValueError for an unknown name or a wrong type."""
        kinds = {field.name: field.type for field in fields(self)}
        for name, value in wanted.items():
            if kinds.get(name) is not type(value) or (kinds[name] is int and value < 0):
                raise ValueError(f"{name!r} is no behaviour, or its value has the wrong type")
        return replace(self, **wanted)


def sign(secret: bytes, what: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Give the HMAC-SHA256 of `<request or answer>.<timestamp>.<nonce>.<body>`, 64 hexadecimal digits."""
    return hmac.new(secret, f"{what}.{timestamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()


def fingerprint(secret: bytes, number: str, name: str) -> str:
    """Give the HMAC-SHA256 of `person`, number and name, joined by line breaks."""
    plain = NOT_WRITTEN.sub("", unicodedata.normalize("NFKC", name)).upper()
    return hmac.new(secret, f"person\n{number}\n{plain}".encode(), hashlib.sha256).hexdigest()


class Book:
    """Everybody in the register by fingerprint, in memory; every change is made under one lock."""

    def __init__(self, secret: bytes):
        self.secret = secret
        self.behaviour = Behaviour()
        self.asked: list[str] = []
        self._failed = 0
        self._people: set[str] = set()
        self._nonces: dict[str, None] = {}
        self._last: tuple[dict, bytes] | None = None
        self._lock = threading.Lock()

    def behave(self, wanted: dict) -> None:
        """Change the behaviour; counts failed questions anew."""
        with self._lock:
            self.behaviour, self._failed = self.behaviour.told(wanted), 0

    def enter(self, people: list[dict]) -> None:
        """Hold these people and no others: {id_number, name}."""
        made = {fingerprint(self.secret, one["id_number"], one["name"]) for one in people}
        with self._lock:
            self._people = made

    def is_new(self, nonce: str) -> bool:
        """Tell whether nobody has used this nonce, and remember it."""
        with self._lock:
            new = bool(nonce) and nonce not in self._nonces
            self._nonces[nonce] = None
            if len(self._nonces) > NONCES_KEPT:
                self._nonces.pop(next(iter(self._nonces)))
            return new

    def fails(self, person: str) -> bool:
        """Note a question, and tell whether it is one of the first that fail."""
        with self._lock:
            self.asked.append(person)
            self._failed += 1
            return self._failed <= self.behaviour.fail_first_n

    def answer(self, person: str, nonce: str) -> tuple[dict[str, str], bytes]:
        """Give the headers and the body of an answer."""
        with self._lock:
            does, found = self.behaviour, person in self._people
            if does.replay and self._last:
                return self._last
            about = secrets.token_hex(32) if does.another else person
            body = json.dumps({"person": about, "found": found}).encode()
            timestamp = str(int(time.time()) - (3600 if does.stale else 0))
            secret = b"another secret" if does.wrong_signature else self.secret
            signature = sign(secret, "answer", timestamp, nonce, body)
            if does.altered:
                body = json.dumps({"person": about, "found": not found}).encode()
            self._last = ({"X-Register-Timestamp": timestamp, "X-Register-Signature": signature}, body)
            return self._last
