"""The clock's endpoint: callbacks that did not come, and refunds."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.market.paying.payments import usecases
from services.market.paying.payments.provider import PaymentProvider
from services.market.paying.payments.store import PaymentStore

SWEEP_SECONDS = 5
"""How often each process of the service looks."""


class PaymentTimers:
    """Sweeps; `payments` and `provider` are declared by the endpoints."""

    payments: PaymentStore
    provider: PaymentProvider

    @timer(interval=SWEEP_SECONDS)
    def sweep_payments(self) -> None:
        usecases.sweep(self.payments, self.provider, Call({}, SYSTEM))
