"""What the simulated payment provider knows, and how it calls back: late, twice, wrongly or never, as told."""

import hashlib
import hmac
import json
import threading
import time
import uuid
from dataclasses import dataclass

from deploy.local.simulators import behaving


@dataclass(frozen=True)
class Behaviour(behaving.Behaviour):
    """How the provider behaves; times in milliseconds.

    `delay_ms` until the buyer "pays", `copies` of the callback, `copy_delay_ms` between them, `out_of_order`
    sends a stale "pending" after the result, `fail` lets payments fail, `never` calls back, `wrong_signature` and
    `wrong_amount` spoil the callbacks.
    """

    delay_ms: int = 500
    copies: int = 2
    copy_delay_ms: int = 200
    out_of_order: bool = False
    fail: bool = False
    never: bool = False
    wrong_signature: bool = False
    wrong_amount: bool = False


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """Give the HMAC-SHA256 of `<timestamp>.<body>`, 64 hexadecimal digits."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


class Book(behaving.Book):
    """All payments, in memory; every change is made under one lock, every callback in a thread of its own."""

    behaves = Behaviour
    behaviour: Behaviour

    def __init__(self, secret: bytes):
        super().__init__(secret)
        self._payments: dict[str, dict] = {}

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
        secret = b"another secret" if behaviour.wrong_signature else self.secret
        what = f"callback payment={said['payment_id']} state={said['state']}"
        behaving.call_back(what, url, body, lambda tried: signed(secret, body))


def signed(secret: bytes, body: bytes) -> dict[str, str]:
    """Give the headers of a callback that is signed now."""
    now = str(int(time.time()))
    signature = {"X-Payment-Timestamp": now, "X-Payment-Signature": sign(secret, now, body)}
    return {"Content-Type": "application/json", **signature}
