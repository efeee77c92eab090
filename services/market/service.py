"""The market service: its endpoints, listeners and timers.

`people` and `listings` serve the orders here, and `orders` the payments: a capability imports no other one.
"""

from services.chassis.events.registry import import_all
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.civic_service import CivicService
from services.civic.editions.relocation import RelocatedStores
from services.market.civic import inventory
from services.market.civic.account_closures.listeners import AccountClosureListeners
from services.market.civic.account_closures.model import who_is_leaving_trades_nothing
from services.market.civic.account_closures.rpc import AccountClosureEndpoints
from services.market.civic.account_closures.store import AccountClosureStore
from services.market.civic.divisions.listeners import PlaceListeners
from services.market.civic.export_parts.listeners import ExportPartListeners
from services.market.civic.export_parts.rpc import ExportPartEndpoints
from services.market.civic.people.listeners import PeopleListeners
from services.market.civic.people.store import People
from services.market.paying.payments.listeners import PaymentListeners
from services.market.paying.payments.rpc import PaymentEndpoints
from services.market.paying.payments.store import PaymentStore
from services.market.paying.payments.timers import PaymentTimers
from services.market.selling.listings import usecases as listings
from services.market.selling.listings.listeners import ListingListeners
from services.market.selling.listings.rpc import ListingEndpoints
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders import usecases as orders
from services.market.selling.orders.listeners import OrderListeners
from services.market.selling.orders.rpc import OrderEndpoints
from services.market.selling.orders.store import OrderStore
from services.market.selling.orders.timers import OrderTimers

import_all()


class Service(
    ListingEndpoints,
    OrderEndpoints,
    PaymentEndpoints,
    AccountClosureEndpoints,
    ExportPartEndpoints,
    PeopleListeners,
    PlaceListeners,
    ListingListeners,
    OrderListeners,
    PaymentListeners,
    AccountClosureListeners,
    ExportPartListeners,
    OrderTimers,
    PaymentTimers,
    CivicService,
):
    """Everything that the market answers, hears and does by the clock."""

    name = "market"

    # what the capabilities ask of each other in their ports
    people: People
    listings: ListingStore
    orders: OrderStore

    following = Provided(RelocatedStores.of(ListingStore, OrderStore, PaymentStore, AccountClosureStore))
    held_of_a_person = inventory.HELD

    def must_not_leave(self, *people: str) -> None:
        """Refuse where one of these people is being erased."""
        who_is_leaving_trades_nothing(self.departures.is_leaving(*people))

    def open_of(self, *entries: str) -> dict:
        """What of a person, known by these entries, has to be finished before an erasure."""
        found = [orders.what_is_open(self.orders, one) for one in entries]
        items = [item for one in found for item in one["items"]]
        return {"count": sum(one["count"] for one in found), "items": items}

    def count_open(self, *entries: str) -> int:
        """Count it."""
        return self.open_of(*entries)["count"]

    def erase_person(self, person: str, call: Call) -> None:
        """Erase what the market holds of a person."""
        listings.erase_all_of(self.listings, person, call)
        orders.erase_all_of(self.orders, person, call)
