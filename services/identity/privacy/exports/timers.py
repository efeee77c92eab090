"""The clock's door: services that have not answered."""

from nameko.timer import timer

from services.chassis.core.calls import Call
from services.civic.actor import SYSTEM
from services.identity.privacy.exports import usecases

SWEEP_SECONDS = 10


class ExportTimers:
    """Asks again; `exports` is declared by the doors."""

    @timer(interval=SWEEP_SECONDS)
    def ask_exports_again(self):
        usecases.ask_again(self.exports, Call({}, SYSTEM))
