"""What listings hear about orders: the second half of every reservation."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.market.selling.listings import usecases
from services.market.selling.listings.store import ListingStore


class ListingListeners:
    """End reservations; `listings` is declared by the endpoints."""

    listings: ListingStore

    @hears(
        "market.order.sold_out",
        "market.order.abandoned",
        "market.order.cancelled",
        "market.order.expired",
        "market.order.paid",
        queue="listings",
    )
    def on_market_order(self, event: Envelope, call: Call) -> None:
        usecases.end_hold(self.listings, call)

    @hears("market.order.called_off", queue="listings", inbox=True)
    def on_market_order_called_off(self, event: Envelope, call: Call) -> None:
        usecases.take_back(self.listings, call)
