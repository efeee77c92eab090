"""What the simulated payment provider knows, and how it calls back: late, twice, wrongly or never, as told."""

import hashlib
import hmac
import json
import threading
import time
import uuid
from copy import deepcopy
from dataclasses import dataclass

from deploy.local.simulators import behaving


@dataclass(frozen=True)
class Behaviour(behaving.Behaviour):
    """How the provider behaves; times in milliseconds.

    `delay_ms` until the buyer "pays", `copies` of the callback, `copy_delay_ms` between them, `out_of_order`
    sends a stale "pending" after the result, `fail` lets payments fail, `never` calls back, `wrong_signature` and
    `wrong_amount` spoil the callbacks. `refund_delay_ms` until a refund is paid back, which is then called back as well;
    0: at once, and told in the answer alone.
    """

    delay_ms: int = 500
    copies: int = 2
    copy_delay_ms: int = 200
    out_of_order: bool = False
    fail: bool = False
    never: bool = False
    wrong_signature: bool = False
    wrong_amount: bool = False
    refund_delay_ms: int = 0


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
        self._callback_urls: dict[str, str] = {}

    def open(self, wanted: dict, behaviour: Behaviour, address: str) -> dict:
        """Open a payment, or give the one of this id; it is paid by itself after the delay."""
        with self._lock:
            known = self._payments.get(wanted["payment_id"])
            if known:
                return deepcopy(known)
            provider_id = uuid.uuid4().hex
            made = {name: wanted[name] for name in ("payment_id", "order_id", "amount_fen")}
            made |= {
                "state": "pending",
                "provider_id": provider_id,
                "pay_url": f"{address}/pay/{provider_id}",
                "refunds": [],
            }
            self._payments[wanted["payment_id"]] = made
            self._callback_urls[wanted["payment_id"]] = wanted["callback_url"]
            answer = deepcopy(made)
        later = (wanted["payment_id"], wanted["callback_url"], behaviour)
        threading.Thread(target=self._pay, args=later, daemon=True).start()
        return answer

    def find(self, payment_id: str) -> dict | None:
        """Give a payment, or None."""
        with self._lock:
            return deepcopy(self._payments.get(payment_id))

    def refund(self, payment_id: str, refund_id: str, amount_fen: int, behaviour: Behaviour) -> dict | None:
        """Give an amount of a paid payment back, once for each refund's id; an unpaid one stays as it is. None if unknown.

        Raises ValueError where that is more than is left.
        """
        with self._lock:
            found = self._payments.get(payment_id)
            if found is None or found["state"] != "succeeded":
                return deepcopy(found)
            if all(one["refund_id"] != refund_id for one in found["refunds"]):
                if (
                    not 0
                    < amount_fen
                    <= found["amount_fen"] - sum(one["amount_fen"] for one in found["refunds"])
                ):
                    raise ValueError("more than is left")
                found["refunds"].append(
                    {"refund_id": refund_id, "amount_fen": amount_fen, "state": "pending"}
                )
                if behaviour.refund_delay_ms:
                    threading.Thread(
                        target=self._refund_later, args=(payment_id, refund_id, behaviour), daemon=True
                    ).start()
                else:
                    _give_back(found, refund_id)
            return deepcopy(found)

    def _refund_later(self, payment_id: str, refund_id: str, behaviour: Behaviour) -> None:
        time.sleep(behaviour.refund_delay_ms / 1000)
        with self._lock:
            paid = self._payments[payment_id]
            _give_back(paid, refund_id)
            said = deepcopy(paid)
        self._tell(self._callback_urls[payment_id], said, behaviour)

    def _pay(self, payment_id: str, callback_url: str, behaviour: Behaviour) -> None:
        time.sleep(behaviour.delay_ms / 1000)
        with self._lock:
            paid = self._payments[payment_id]
            paid["state"] = "failed" if behaviour.fail else "succeeded"
            said = deepcopy(paid)
        self._tell(callback_url, said, behaviour)

    def _tell(self, callback_url: str, said: dict, behaviour: Behaviour) -> None:
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


def _give_back(payment: dict, refund_id: str) -> None:
    """Pay one refund back; the payment is refunded once all of it is."""
    for one in payment["refunds"]:
        if one["refund_id"] == refund_id:
            one["state"] = "refunded"
    if (
        sum(one["amount_fen"] for one in payment["refunds"] if one["state"] == "refunded")
        == payment["amount_fen"]
    ):
        payment["state"] = "refunded"
