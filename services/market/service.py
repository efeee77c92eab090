"""The market service: its endpoints, listeners and timers.

`people` and `listings` serve the orders here, `orders` payments, claims and conversations, and `discrepancies` payments: a capability
imports no other one.
"""

from services.chassis.events.registry import import_all
from services.civic.civic_service import CivicService
from services.civic.people import People
from services.civic.settings import CivicSettings
from services.market.civic.listeners import MarketCivic
from services.market.civic.rpc import MarketObstacleEndpoints
from services.market.migrations import MIGRATIONS
from services.market.paying.discrepancies.rpc import DiscrepancyEndpoints
from services.market.paying.discrepancies.store import DiscrepancyStore
from services.market.paying.payments.listeners import PaymentListeners
from services.market.paying.payments.rpc import PaymentEndpoints
from services.market.paying.payments.timers import PaymentTimers
from services.market.selling.claims.listeners import ClaimListeners
from services.market.selling.claims.rpc import ClaimEndpoints
from services.market.selling.claims.timers import ClaimTimers
from services.market.selling.conversations.rpc import ConversationEndpoints
from services.market.selling.listings.listeners import ListingListeners
from services.market.selling.listings.rpc import ListingEndpoints
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.listeners import OrderListeners
from services.market.selling.orders.rpc import OrderEndpoints
from services.market.selling.orders.store import OrderStore
from services.market.selling.orders.timers import OrderTimers

import_all()


class Service(
    ListingEndpoints,
    OrderEndpoints,
    PaymentEndpoints,
    DiscrepancyEndpoints,
    ClaimEndpoints,
    ConversationEndpoints,
    MarketObstacleEndpoints,
    MarketCivic,
    ListingListeners,
    OrderListeners,
    PaymentListeners,
    ClaimListeners,
    OrderTimers,
    PaymentTimers,
    ClaimTimers,
    CivicService,
):
    """Everything that the market answers, hears and does by the clock."""

    name = "market"
    settings = CivicSettings
    migrations = MIGRATIONS

    # what the capabilities ask of each other in their ports
    people: People
    listings: ListingStore
    orders: OrderStore
    discrepancies: DiscrepancyStore
