"""What listings hear about orders, the second half of every reservation, and about sellers who live elsewhere now."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.ports import People
from services.market.selling.listings import usecases
from services.market.selling.listings.store import ListingStore


class ListingListeners:
    """End reservations and follow sellers; `listings` is declared by the endpoints, `people` and `moves` wired in the service."""

    listings: ListingStore
    people: People
    moves: CodeCrosswalk

    @hears("identity.resident.moved", queue="listings")
    def on_seller_moved(self, event: Envelope, call: Call) -> None:
        usecases.follow_seller(self.listings, self.people, self.moves, event, call)

    @hears("identity.resident.merged", queue="listings")
    def on_seller_merged(self, event: Envelope, call: Call) -> None:
        usecases.follow_survivor(self.listings, self.people, event, call)

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
