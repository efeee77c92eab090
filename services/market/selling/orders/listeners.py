"""What orders hear about payments."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.market.selling.orders import usecases
from services.market.selling.orders.store import OrderStore


class OrderListeners:
    """Money that came and went; `orders` is declared by the endpoints."""

    orders: OrderStore

    @hears("market.payment.succeeded", queue="orders")
    def on_market_payment_succeeded(self, event: Envelope, call: Call) -> None:
        usecases.take_payment(self.orders, call)

    @hears("market.payment.partially_refunded", "market.payment.refunded", queue="orders")
    def on_market_payment_refunded(self, event: Envelope, call: Call) -> None:
        usecases.take_refund(self.orders, call)
