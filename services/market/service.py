"""The market service: its doors, listeners and timers.

`people` and `listings` serve the orders here, and `orders` the payments: a capability imports no other one.
"""

from services.chassis.contracts import import_all
from services.chassis.following import Followers
from services.chassis.uses import Uses
from services.market import holdings
from services.market.departures.listeners import DepartureListeners
from services.market.departures.model import who_is_leaving_trades_nothing
from services.market.departures.rpc import DepartureDoors
from services.market.departures.store import DepartureStore
from services.market.listings import usecases as listings
from services.market.listings.listeners import ListingListeners
from services.market.listings.rpc import ListingDoors
from services.market.listings.store import ListingStore
from services.market.orders import usecases as orders
from services.market.orders.listeners import OrderListeners
from services.market.orders.rpc import OrderDoors
from services.market.orders.store import OrderStore
from services.market.orders.timers import OrderTimers
from services.market.payments.listeners import PaymentListeners
from services.market.payments.rpc import PaymentDoors
from services.market.payments.store import PaymentStore
from services.market.payments.timers import PaymentTimers
from services.market.people.listeners import PeopleListeners
from services.market.places.listeners import PlaceListeners
from services.market.portions.listeners import PortionListeners
from services.market.portions.rpc import PortionDoors

import_all()


class Service(
    ListingDoors,
    OrderDoors,
    PaymentDoors,
    DepartureDoors,
    PortionDoors,
    PeopleListeners,
    PlaceListeners,
    ListingListeners,
    OrderListeners,
    PaymentListeners,
    DepartureListeners,
    PortionListeners,
    OrderTimers,
    PaymentTimers,
):
    """Everything that the market answers, hears and does by the clock."""

    name = "market"

    following = Uses(Followers.of(ListingStore, OrderStore, PaymentStore, DepartureStore))
    held_of_a_person = holdings.HELD

    def must_not_leave(self, *people: str) -> None:
        """Refuse where one of these people is being erased."""
        who_is_leaving_trades_nothing(self.departures.is_leaving(*people))

    def open_of(self, *entries: str) -> dict:
        """Give what of a person, known by these entries, has to be finished before an erasure."""
        found = [orders.what_is_open(self.orders, one) for one in entries]
        items = [item for one in found for item in one["items"]]
        return {"count": sum(one["count"] for one in found), "items": items}

    def count_open(self, *entries: str) -> int:
        """Count it."""
        return self.open_of(*entries)["count"]

    def erase_person(self, person: str, call) -> None:
        """Erase what the market holds of a person."""
        listings.erase_all_of(self.listings, person, call)
        orders.erase_all_of(self.orders, person, call)
