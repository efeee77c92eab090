"""What copies hear: each service's part is there."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.privacy.exports import usecases
from services.identity.privacy.exports.store import ExportStore


class ExportListeners:
    """Notes it; `exports` is declared by the endpoints."""

    exports: ExportStore

    @hears("identity.portion.gathered", queue="exports")
    def on_identity_portion(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.exports, "identity", call)

    @hears("affairs.portion.gathered", queue="exports")
    def on_affairs_portion(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.exports, "affairs", call)

    @hears("market.portion.gathered", queue="exports")
    def on_market_portion(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.exports, "market", call)

    @hears("integrity.portion.gathered", queue="exports")
    def on_integrity_portion(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.exports, "integrity", call)
