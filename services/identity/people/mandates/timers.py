"""The clock's endpoint: mandates and offers whose time is over."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.mandates import usecases
from services.identity.people.mandates.store import MandateStore

SWEEP_SECONDS = 30
"""How late an end by the clock is told at most; nothing can be done under it from the second itself."""


class MandateTimers:
    """Sweeps; `mandates` is declared by the endpoints."""

    mandates: MandateStore

    @timer(interval=SWEEP_SECONDS)
    def sweep_mandates(self) -> None:
        usecases.expire(self.mandates, Call({}, SYSTEM))
