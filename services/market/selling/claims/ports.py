"""What claims need of the orders; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol


class OrderToClaim(Protocol):
    """What a claim takes over from its order."""

    id: str
    region: str
    edition: str
    buyer_id: str
    seller_id: str
    title: str
    amount_fen: int
    payment_id: str | None
    state: str
    received_at: datetime | None


class Orders(Protocol):
    """The orders."""

    def get(self, id: str, *, scope: dict) -> OrderToClaim:
        """Load an order; raises NotFound also where it lies outside `scope`."""
