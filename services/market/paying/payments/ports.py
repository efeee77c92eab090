"""What payments need of the orders; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol


class OrderToPay(Protocol):
    """What a payment takes over from its order."""

    id: str
    region: str
    edition: str
    buyer_id: str

    def bill(self, now: datetime) -> tuple[int, datetime]:
        """Say what is to be paid, in 分, and by when; raises Conflict where nothing is."""


class Orders(Protocol):
    """The orders."""

    def get(self, id: str, *, scope: dict) -> OrderToPay:
        """Load an order; raises NotFound also where it lies outside `scope`."""
