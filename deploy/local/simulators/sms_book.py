"""What the simulated SMS provider knows, and how it sends receipts: late, twice, copied, wrongly or never, as told."""

import hashlib
import hmac
import json
import secrets
import threading
import time
from dataclasses import dataclass

from deploy.local.simulators import behaving


@dataclass(frozen=True)
class Behaviour(behaving.Behaviour):
    """How the provider behaves; times in milliseconds.

    `slow_ms` until a request is answered, `delay_ms` until the phone has the message, `copies` of the receipt (each
    signed anew), `replays` of its first request as it was signed, `refuse` takes no message, `undeliverable` says so in the
    receipts, `never` sends any, `wrong_signature` spoils them, `wrong_id` answers for another message.
    """

    slow_ms: int = 0
    delay_ms: int = 200
    copies: int = 1
    replays: int = 0
    refuse: bool = False
    undeliverable: bool = False
    never: bool = False
    wrong_signature: bool = False
    wrong_id: bool = False


def sign(secret: bytes, timestamp: str, nonce: str, body: bytes) -> str:
    """Give the HMAC-SHA256 of `<timestamp>.<nonce>.<body>`, 64 hexadecimal digits."""
    return hmac.new(secret, f"{timestamp}.{nonce}.".encode() + body, hashlib.sha256).hexdigest()


def signed(secret: bytes, body: bytes) -> dict[str, str]:
    """Give the headers of a request that is signed now."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    return {
        "Content-Type": "application/json",
        "X-Sms-Timestamp": timestamp,
        "X-Sms-Nonce": nonce,
        "X-Sms-Signature": sign(secret, timestamp, nonce, body),
    }


class Book(behaving.Book):
    """All messages, in memory; every change is made under one lock, every receipt in a thread of its own."""

    behaves = Behaviour
    behaviour: Behaviour

    def __init__(self, secret: bytes):
        super().__init__(secret)
        self.asked = 0
        self._messages: dict[str, dict] = {}

    def fails(self) -> bool:
        """Count a request, and tell whether it is one of the first that fail."""
        with self._lock:
            self.asked += 1
        return super().fails()

    def send(self, wanted: dict) -> dict:
        """Send a message, or give the one of this id, which is not sent again."""
        with self._lock:
            known = self._messages.get(wanted["message_id"])
            if known:
                return dict(known)
            made = {name: wanted[name] for name in ("message_id", "phone", "text")} | {"state": "accepted"}
            self._messages[wanted["message_id"]] = made
            answer = dict(made)
        print(f"sms to *******{made['phone'][-4:]}: {made['text']}", flush=True)
        later = (wanted["message_id"], wanted["callback_url"], self.behaviour)
        threading.Thread(target=self._deliver, args=later, daemon=True).start()
        return answer

    def find(self, message_id: str) -> dict | None:
        """Give a message, or None."""
        with self._lock:
            found = self._messages.get(message_id)
            return dict(found) if found else None

    def sent(self) -> list[dict]:
        """Give every message, in the order in which they came."""
        with self._lock:
            return [dict(one) for one in self._messages.values()]

    def _deliver(self, message_id: str, callback_url: str, behaviour: Behaviour) -> None:
        time.sleep(behaviour.delay_ms / 1000)
        if behaviour.never:
            return
        state = "failed" if behaviour.undeliverable else "delivered"
        with self._lock:
            self._messages[message_id]["state"] = state
        body = json.dumps({"message_id": message_id, "state": state}).encode()
        secret = b"another secret" if behaviour.wrong_signature else self.secret
        first = signed(secret, body)
        self._call_back(callback_url, body, first)
        for _ in range(behaviour.replays):
            print(f"replay answered={behaving.post(callback_url, body, first)}", flush=True)
        for _ in range(behaviour.copies - 1):
            self._call_back(callback_url, body, signed(secret, body))

    def _call_back(self, url: str, body: bytes, first: dict[str, str]) -> None:
        behaving.call_back("receipt", url, body, lambda tried: signed(self.secret, body) if tried else first)
