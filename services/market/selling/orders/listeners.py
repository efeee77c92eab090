"""What orders hear about payments."""

from services.chassis.listeners import hears
from services.market.selling.orders import usecases


class OrderListeners:
    """Money that came and went; `orders` is declared by the doors."""

    @hears("market.payment.succeeded", queue="orders")
    def on_market_payment_succeeded(self, event, call):
        usecases.take_payment(self.orders, call)

    @hears("market.payment.refunded", queue="orders")
    def on_market_payment_refunded(self, event, call):
        usecases.take_refund(self.orders, call)
