"""The clock's endpoint: requests that nobody has cancelled."""

import logging

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.privacy.erasures import usecases
from services.identity.privacy.erasures.ports import Residents
from services.identity.privacy.erasures.store import ErasureStore

log = logging.getLogger(__name__)

SWEEP_SECONDS = 10


class ErasureTimers:
    """Begins what is due; `erasures` is declared by the endpoints, `residents` is wired in the service."""

    erasures: ErasureStore
    residents: Residents

    @timer(interval=SWEEP_SECONDS)
    def begin_erasures(self) -> None:
        if begun := usecases.begin_what_is_due(self.erasures, self.residents, Call({}, SYSTEM)):
            log.info("erasures begun", extra={"count": begun})
