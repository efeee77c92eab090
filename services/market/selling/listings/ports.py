"""What listings need of the orders; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol


class OrderOfBoxes(Protocol):
    """What is to be reserved: so many thousandths of the unit, at the price that the buyer agreed to, until then."""

    id: str
    listing_id: str
    quantity_milli: int
    price_fen: int

    @property
    def hold_until(self) -> datetime:
        """When the order can no longer take stock."""
