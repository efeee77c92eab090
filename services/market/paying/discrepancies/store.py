"""Discrepancies as documents: the same word again is the same document."""

import hashlib
from datetime import datetime
from typing import Protocol

import orjson
from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore
from services.market.paying.discrepancies.model import PaymentDiscrepancy

NOWHERE = ""
"""Stands among the regions of what belongs to no division that is known."""
LONGEST_ID, LONGEST_CURRENCY, MOST_FEN, MOST_REFUNDS = 64, 8, 10**12, 20
"""What is kept of what somebody outside wrote; longer is cut, larger is none."""


class KnownPayment(Protocol):
    """What is known of a payment that the provider speaks of."""

    region: str
    edition: str
    order_id: str
    amount_fen: int


class DiscrepancyStore(RegionalStore[PaymentDiscrepancy]):
    """The discrepancies' collection; they are kept as long as the payments are."""

    service = "market"
    collection = "payment_discrepancies"
    aggregate = PaymentDiscrepancy
    noun = "payment_discrepancy"
    becomes = Follows()
    of_a_person = NothingOfAPerson("ids of payments and amounts; who paid stands in the payment")
    indexes = (
        IndexModel([("regions", ASCENDING), ("last_at", DESCENDING), ("_id", DESCENDING)], name="newest"),
    )

    def note(self, kind: str, said: dict, payment: KnownPayment | None, now: datetime) -> None:
        """Keep what the provider said; said again it is counted, also at the same moment."""
        told: dict = {
            "kind": kind,
            "payment": said["payment_id"][:LONGEST_ID],
            "told_state": said["state"],
            "told_fen": _amount(said.get("amount_fen")),
            "currency": _currency(said.get("currency")),
            "refunds": _refunds(said.get("refunds")),
        }
        known: dict = {
            "region": payment.region if payment else NOWHERE,
            "regions": path_of(payment.region) if payment else [NOWHERE],
            "edition": payment.edition if payment else "",
            "order": payment.order_id if payment else None,
            "known_fen": payment.amount_fen if payment else None,
            "formerly": [],
            "first_at": now,
        }
        id = hashlib.sha256(orjson.dumps(told)).hexdigest()[:32]
        again: dict = {"$max": {"last_at": now}, "$inc": {"times": 1, "version": 1}}
        self.documents.update_one({"_id": id}, {"$setOnInsert": {**told, **known}, **again}, upsert=True)


def _amount(said: object) -> int | None:
    return said if isinstance(said, int) and abs(said) <= MOST_FEN else None


def _currency(said: object) -> str | None:
    return said[:LONGEST_CURRENCY] if isinstance(said, str) else None


def _refunds(said: object) -> list[str]:
    named = [one.get("refund_id") for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    return sorted({one[:LONGEST_ID] for one in named if isinstance(one, str)})[:MOST_REFUNDS]
