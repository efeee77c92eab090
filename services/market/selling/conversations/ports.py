"""What conversations need of the orders; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol


class OrderToTalkAbout(Protocol):
    """What a conversation takes over from its order, and what says whether it is still open."""

    id: str
    region: str
    edition: str
    buyer_id: str
    seller_id: str
    title: str
    paid_at: datetime | None
    received_at: datetime | None
    ended_at: datetime | None
    erased: list[str]


class Orders(Protocol):
    """The orders."""

    def get(self, id: str, *, scope: dict) -> OrderToTalkAbout:
        """Load an order; raises NotFound also where it lies outside `scope`."""
