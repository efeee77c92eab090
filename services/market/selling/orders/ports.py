"""What orders need of other capabilities; `services/market/service.py` says who gives it."""

from datetime import datetime
from typing import Protocol

from services.civic.calls import Call
from services.market.selling.orders.model import Order


class ListingOnSale(Protocol):
    """What an order takes over from the listing."""

    id: str
    region: str
    edition: str
    seller_id: str
    title: str
    unit: str
    price_fen: int
    stock: int

    @property
    def stock_milli(self) -> int:
        """What can still be ordered, in thousandths of the unit."""

    def is_crowded(self, now: datetime) -> bool:
        """Whether no more orders can stand behind it just now."""

    def quote(self, quantity_milli: int) -> int:
        """What so many thousandths of the unit cost, in 分; raises Rejected where so much is not sold."""


class Listings(Protocol):
    """The stock: where the last box is decided."""

    def find_on_sale(self, id: str) -> ListingOnSale:
        """Find a listing that can be ordered; raises NotFound."""

    def reserve(self, order: Order, call: Call) -> bool:
        """Take an order's boxes out of the stock; False where they are not there. Safe to repeat."""

    def withdraw_all_of(self, sellers: list[str], call: Call) -> None:
        """Take off sale what these sellers offer; from then on nothing of it is reserved."""

    def holds(self, listing_id: str, order_id: str) -> bool:
        """Tell whether the boxes of an order are reserved."""
