"""What payments need of the orders; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol


class OrderToPay(Protocol):
    """What a payment takes over from its order."""

    id: str
    region: str
    edition: str
    buyer_id: str
    title: str

    def bill(self, now: datetime) -> tuple[int, datetime]:
        """Say what is to be paid, in 分, and by when; raises Conflict where nothing is."""


class PaidOrder(Protocol):
    """What of a payment tells where it belongs."""

    region: str
    edition: str
    order_id: str
    amount_fen: int


class Discrepancies(Protocol):
    """What the provider says and nobody here knows of."""

    def note(self, kind: str, said: dict, payment: PaidOrder | None, now: datetime) -> None:
        """Keep it; `payment` None where it is unknown. Again it is counted."""


class Orders(Protocol):
    """The orders."""

    def get(self, id: str, *, scope: dict) -> OrderToPay:
        """Load an order; raises NotFound also where it lies outside `scope`."""
