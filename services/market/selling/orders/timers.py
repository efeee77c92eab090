"""The clock's endpoint: orders that were interrupted, not paid in time, or shipped long ago."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.market.selling.orders import usecases
from services.market.selling.orders.ports import Listings
from services.market.selling.orders.store import OrderStore

SWEEP_SECONDS = 10
"""How often each process of the service looks; a deadline is met that much late at most."""


class OrderTimers:
    """Sweeps; `orders` and `listings` are wired in the service."""

    orders: OrderStore
    listings: Listings

    @timer(interval=SWEEP_SECONDS)
    def sweep_orders(self) -> None:
        usecases.sweep(self.orders, self.listings, Call({}, SYSTEM))
