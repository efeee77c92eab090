"""What the simulated payment provider knows, and how it calls back: late, twice, wrongly or never, as told."""

import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, fields, replace

TRIES = 5
"""How often one callback is sent until it is answered with 2xx."""


@dataclass(frozen=True)
class Behaviour:
    """How the provider behaves; times in milliseconds.

    `delay_ms` until the buyer "pays", `copies` of the callback, `copy_delay_ms` between them, `out_of_order`
    sends a stale "pending" after the result, `fail` lets payments fail, `fail_first_n` requests are answered
    503, `never` calls back, `wrong_signature` and `wrong_amount` spoil the callbacks.
    """

    delay_ms: int = 500
    copies: int = 2
    copy_delay_ms: int = 200
    out_of_order: bool = False
    fail: bool = False
    fail_first_n: int = 0
    never: bool = False
    wrong_signature: bool = False
    wrong_amount: bool = False

    def told(self, wanted: dict) -> "Behaviour":
        """Give the behaviour with what is wanted; raises ValueError for an unknown name or a wrong type."""
        kinds = {field.name: field.type for field in fields(self)}
        for name, value in wanted.items():
            if kinds.get(name) is not type(value) or (kinds[name] is int and value < 0):
                raise ValueError(f"{name!r} is no behaviour, or its value has the wrong type")
        return replace(self, **wanted)


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Give the HMAC-SHA256 of `<timestamp>.<body>`, 64 hexadecimal digits."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Book:
    """All payments, in memory; every change is made under one lock, every callback in a thread of its own."""

    def __init__(self, secret: bytes):
        self.secret = secret
        self.behaviour = Behaviour()
        self.refused = 0
        self._payments: dict[str, dict] = {}
        self._lock = threading.Lock()

    def behave(self, wanted: dict) -> None:
        """Change the behaviour; counts refused requests anew."""
        with self._lock:
            self.behaviour, self.refused = self.behaviour.told(wanted), 0

    def refuses(self) -> bool:
        """Tell whether this request is one of the first that fail."""
        with self._lock:
            if self.refused >= self.behaviour.fail_first_n:
                return False
            self.refused += 1
            return True

    def open(self, wanted: dict, behaviour: Behaviour, address: str) -> dict:
        """Open a payment, or give the one of this id; it is paid by itself after the delay."""
        with self._lock:
            known = self._payments.get(wanted["payment_id"])
            if known:
                return dict(known)
            provider_id = uuid.uuid4().hex
            made = {name: wanted[name] for name in ("payment_id", "order_id", "amount_fen")}
            made |= {
                "state": "pending",
                "provider_id": provider_id,
                "pay_url": f"{address}/pay/{provider_id}",
            }
            self._payments[wanted["payment_id"]] = made
            answer = dict(made)
        later = (wanted["payment_id"], wanted["callback_url"], behaviour)
        threading.Thread(target=self._pay, args=later, daemon=True).start()
        return answer

    def find(self, payment_id: str) -> dict | None:
        """Give a payment, or None."""
        with self._lock:
            found = self._payments.get(payment_id)
            return dict(found) if found else None

    def refund(self, payment_id: str) -> dict | None:
        """Give the money of a paid payment back; an unpaid one stays as it is. None if unknown."""
        with self._lock:
            found = self._payments.get(payment_id)
            if found and found["state"] == "succeeded":
                found["state"] = "refunded"
            return dict(found) if found else None

    def _pay(self, payment_id: str, callback_url: str, behaviour: Behaviour) -> None:
        time.sleep(behaviour.delay_ms / 1000)
        with self._lock:
            paid = self._payments[payment_id]
            paid["state"] = "failed" if behaviour.fail else "succeeded"
            said = dict(paid)
        if behaviour.never:
            return
        if behaviour.wrong_amount:
            said["amount_fen"] += 1
        for copy in range(behaviour.copies):
            if copy:
                time.sleep(behaviour.copy_delay_ms / 1000)
            self._call_back(callback_url, said, behaviour)
        if behaviour.out_of_order:
            self._call_back(callback_url, {**said, "state": "pending"}, behaviour)

    def _call_back(self, url: str, said: dict, behaviour: Behaviour) -> None:
        body = json.dumps({**said, "event_id": uuid.uuid4().hex}).encode()
        for tried in range(TRIES):
            status = self._post(url, body, b"another secret" if behaviour.wrong_signature else self.secret)
            print(
                f"callback payment={said['payment_id']} state={said['state']} answered={status}", flush=True
            )
            if 200 <= status < 300:
                return
            time.sleep(0.2 * 2**tried)

    def _post(self, url: str, body: bytes, secret: bytes) -> int:
        now = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "X-Payment-Timestamp": now,
            "X-Payment-Signature": sign(secret, now, body),
        }
        request = urllib.request.Request(url, data=body, headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0
