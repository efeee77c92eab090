"""What orders hear about payments, and about sellers whose entry ended."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.civic.ports import People
from services.market.selling.orders import usecases
from services.market.selling.orders.ports import Listings
from services.market.selling.orders.store import OrderStore


class OrderListeners:
    """Money that came and went, sellers who are gone; `orders` is declared by the endpoints, the others wired in the service."""

    orders: OrderStore
    listings: Listings
    people: People

    @hears(
        "identity.resident.deceased",
        "identity.resident.deactivated",
        "identity.resident.erased",
        queue="orders",
    )
    def on_seller_ended(self, event: Envelope, call: Call) -> None:
        usecases.lose_seller(self.orders, self.listings, self.people, event, call)

    @hears("market.payment.succeeded", queue="orders")
    def on_market_payment_succeeded(self, event: Envelope, call: Call) -> None:
        usecases.take_payment(self.orders, call)

    @hears("market.payment.partially_refunded", "market.payment.refunded", queue="orders")
    def on_market_payment_refunded(self, event: Envelope, call: Call) -> None:
        usecases.take_refund(self.orders, call)
