"""What claims hear about payments."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.market.selling.claims import usecases
from services.market.selling.claims.store import ClaimStore


class ClaimListeners:
    """Money that went back; `claims` is declared by the endpoints."""

    claims: ClaimStore

    @hears("market.payment.partially_refunded", "market.payment.refunded", queue="claims")
    def on_market_payment_went_back(self, event: Envelope, call: Call) -> None:
        usecases.take_refund(self.claims, call)
