"""The clock's door: callbacks that did not come, and refunds."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.market.paying.payments import usecases

SWEEP_SECONDS = 5
"""How often each process of the service looks."""


class PaymentTimers:
    """Sweeps; `payments` and `provider` are declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_payments(self):
        usecases.sweep(self.payments, self.provider, Call({}, SYSTEM))
