"""The clock's endpoint: services that have not answered."""

from nameko.timer import timer

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.privacy.exports import usecases
from services.identity.privacy.exports.store import ExportStore

SWEEP_SECONDS = 10


class ExportTimers:
    """Asks again; `exports` is declared by the endpoints."""

    exports: ExportStore

    @timer(interval=SWEEP_SECONDS)
    def ask_exports_again(self) -> None:
        usecases.ask_again(self.exports, Call({}, SYSTEM))
