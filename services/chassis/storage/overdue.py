"""How much of a collection is later than the law lets it be."""

from datetime import datetime
from typing import Any

from services.chassis.storage.store import Store

MOST, SLOWEST_MS = 10_000, 3000
"""It is counted up to so many, and for so long."""


def overdue(store: Store[Any], now: datetime) -> int:
    """Count what is undecided past its deadline, as its store tells it."""
    return sum(
        store.documents.count_documents(one, limit=MOST, maxTimeMS=SLOWEST_MS) for one in store.late(now)
    )
