"""The clock's door: orders that were interrupted, not paid in time, or shipped long ago."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.market.selling.orders import usecases

SWEEP_SECONDS = 10
"""How often each process of the service looks; a deadline is met that much late at most."""


class OrderTimers:
    """Sweeps; `orders` and `listings` are declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_orders(self):
        usecases.sweep(self.orders, self.listings, Call({}, SYSTEM))
