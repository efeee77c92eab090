"""What payments hear about orders."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.market.paying.payments import usecases
from services.market.paying.payments.store import PaymentStore


class PaymentListeners:
    """Money that is due back; `payments` is declared by the endpoints."""

    payments: PaymentStore

    @hears("market.order.refund_due", queue="payments")
    def on_market_order_refund_due(self, event: Envelope, call: Call) -> None:
        usecases.ask_refund(self.payments, call)

    @hears("market.claim.refund_due", queue="payments")
    def on_market_claim_refund_due(self, event: Envelope, call: Call) -> None:
        usecases.ask_partial_refund(self.payments, call)
