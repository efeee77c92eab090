"""The market service: its doors, listeners and timers.

`people` and `listings` serve the orders here, and `orders` the payments: a capability imports no other one.
"""

from services.chassis.contracts import import_all
from services.market.listings.listeners import ListingListeners
from services.market.listings.rpc import ListingDoors
from services.market.orders.listeners import OrderListeners
from services.market.orders.rpc import OrderDoors
from services.market.orders.timers import OrderTimers
from services.market.payments.listeners import PaymentListeners
from services.market.payments.rpc import PaymentDoors
from services.market.payments.timers import PaymentTimers
from services.market.people.listeners import PeopleListeners

import_all()


class Service(
    ListingDoors,
    OrderDoors,
    PaymentDoors,
    PeopleListeners,
    ListingListeners,
    OrderListeners,
    PaymentListeners,
    OrderTimers,
    PaymentTimers,
):
    """Everything that the market answers, hears and does by the clock."""

    name = "market"
