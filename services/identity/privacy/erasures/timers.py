"""The clock's door: requests that nobody has cancelled."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.privacy.erasures import usecases

SWEEP_SECONDS = 10


class ErasureTimers:
    """Begins what is due; `erasures` is declared by the doors, `residents` is wired in the service."""

    @timer(interval=SWEEP_SECONDS)
    def begin_erasures(self):
        usecases.begin_what_is_due(self.erasures, self.residents, Call({}, SYSTEM))
