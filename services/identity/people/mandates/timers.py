"""The clock's door: mandates and offers whose time is over."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.people.mandates import usecases

SWEEP_SECONDS = 30
"""How late an end by the clock is told at most; nothing can be done under it from the second itself."""


class MandateTimers:
    """Sweeps; `mandates` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def sweep_mandates(self):
        usecases.expire(self.mandates, Call({}, SYSTEM))
