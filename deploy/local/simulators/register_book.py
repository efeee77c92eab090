"""What the simulated register knows, and how it answers: late, in drops, wrongly, with a copy or not at all, as told."""

import hashlib
import hmac
import json
import re
import secrets
import time
import unicodedata
from dataclasses import dataclass

from deploy.local.simulators import behaving

NOT_WRITTEN = re.compile(r"[\s·•・‧∙．.]")
"""What people write in a name or leave out."""


@dataclass(frozen=True)
class Behaviour(behaving.Behaviour):
    """How the register behaves; times in milliseconds.

    `slow_ms` until a question is answered, `drip_ms` between two bytes of the answer, `hang_up` answers none.
    It lies: `wrong_signature`, `altered` (another result than the one that was signed), `another` (signed,
    about another person), `stale` (signed for an hour ago), `replay` (a copy of its last answer before).
    """

    slow_ms: int = 0
    drip_ms: int = 0
    hang_up: bool = False
    wrong_signature: bool = False
    altered: bool = False
    another: bool = False
    stale: bool = False
    replay: bool = False


def sign(secret: bytes, what: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Give the HMAC-SHA256 of `<request or answer>.<timestamp>.<nonce>.<body>`, 64 hexadecimal digits."""
    return hmac.new(secret, f"{what}.{timestamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()


def fingerprint(secret: bytes, number: str, name: str) -> str:
    """Give the HMAC-SHA256 of `person`, number and name, joined by line breaks."""
    plain = NOT_WRITTEN.sub("", unicodedata.normalize("NFKC", name)).upper()
    return hmac.new(secret, f"person\n{number}\n{plain}".encode(), hashlib.sha256).hexdigest()


class Book(behaving.Book):
    """Everybody in the register by fingerprint, in memory; every change is made under one lock."""

    behaves = Behaviour
    behaviour: Behaviour

    def __init__(self, secret: bytes):
        super().__init__(secret)
        self.asked: list[str] = []
        self._people: set[str] = set()
        self._last: tuple[dict, bytes] | None = None

    def enter(self, people: list[dict]) -> None:
        """Hold these people and no others: {id_number, name}."""
        made = {fingerprint(self.secret, one["id_number"], one["name"]) for one in people}
        with self._lock:
            self._people = made

    def note(self, person: str) -> None:
        """Note who was asked about."""
        with self._lock:
            self.asked.append(person)

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
