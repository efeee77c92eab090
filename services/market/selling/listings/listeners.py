"""What listings hear about orders: the second half of every reservation."""

from services.chassis.listeners import hears
from services.market.selling.listings import usecases


class ListingListeners:
    """End reservations; `listings` is declared by the doors."""

    @hears(
        "market.order.sold_out",
        "market.order.abandoned",
        "market.order.cancelled",
        "market.order.expired",
        "market.order.paid",
        queue="listings",
    )
    def on_market_order(self, event, call):
        usecases.end_hold(self.listings, call)
