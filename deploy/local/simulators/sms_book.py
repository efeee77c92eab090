"""What the simulated SMS provider knows, and how it sends receipts: late, twice, copied, wrongly or never, as told."""

import hashlib
import hmac
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, fields, replace

TRIES = 5
"""How often one receipt is sent until it is answered with 2xx."""

NONCES_KEPT = 10_000


@dataclass(frozen=True)
class Behaviour:
    """How the provider behaves; times in milliseconds.

    `slow_ms` until a request is answered, `delay_ms` until the phone has the message, `copies` of the receipt (each
    signed anew), `replays` of its first request as it was signed, `fail_first_n` requests are answered 503, `refuse` takes no
    message, `undeliverable` says so in the receipts, `never` sends any, `wrong_signature` spoils them, `wrong_id` answers for
    another message.
    """

    slow_ms: int = 0
    delay_ms: int = 200
    copies: int = 1
    replays: int = 0
    fail_first_n: int = 0
    refuse: bool = False
    undeliverable: bool = False
    never: bool = False
    wrong_signature: bool = False
    wrong_id: bool = False

    def told(self, wanted: dict) -> "Behaviour":
        """Give the behaviour with what is wanted; raises ValueError for an unknown name or a wrong type."""
        kinds = {field.name: field.type for field in fields(self)}
        for name, value in wanted.items():
            if kinds.get(name) is not type(value) or (kinds[name] is int and value < 0):
                raise ValueError(f"{name!r} is no behaviour, or its value has the wrong type")
        return replace(self, **wanted)


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


class Book:
    """All messages, in memory; every change is made under one lock, every receipt in a thread of its own."""

    def __init__(self, secret: bytes):
        self.secret = secret
        self.behaviour = Behaviour()
        self.refused = self.asked = 0
        self._messages: dict[str, dict] = {}
        self._nonces: dict[str, None] = {}
        self._lock = threading.Lock()

    def behave(self, wanted: dict) -> None:
        """Change the behaviour; counts refused requests anew."""
        with self._lock:
            self.behaviour, self.refused = self.behaviour.told(wanted), 0

    def fails(self) -> bool:
        """Tell whether this request is one of the first that fail."""
        with self._lock:
            self.asked += 1
            if self.refused >= self.behaviour.fail_first_n:
                return False
            self.refused += 1
            return True

    def is_new(self, nonce: str) -> bool:
        """Tell whether nobody has used this nonce, and remember it."""
        with self._lock:
            new = bool(nonce) and nonce not in self._nonces
            self._nonces[nonce] = None
            if len(self._nonces) > NONCES_KEPT:
                self._nonces.pop(next(iter(self._nonces)))
            return new

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
        self._call_back(callback_url, body, lambda: first)
        for _ in range(behaviour.replays):
            print(f"replay answered={_post(callback_url, body, first)}", flush=True)
        for _ in range(behaviour.copies - 1):
            self._call_back(callback_url, body, lambda: signed(secret, body))

    def _call_back(self, url: str, body: bytes, headers) -> None:
        for tried in range(TRIES):
            status = _post(url, body, headers() if not tried else signed(self.secret, body))
            print(f"receipt answered={status}", flush=True)
            # a refusal will be one the next time as well
            if 200 <= status < 300 or 400 <= status < 500:
                return
            time.sleep(0.2 * 2**tried)


def _post(url: str, body: bytes, headers: dict[str, str]) -> int:
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
