"""What payments hear about orders."""

from services.chassis.listeners import hears
from services.market.paying.payments import usecases


class PaymentListeners:
    """Money that is due back; `payments` is declared by the doors."""

    @hears("market.order.refund_due", queue="payments")
    def on_market_order_refund_due(self, event, call):
        usecases.ask_refund(self.payments, call)
