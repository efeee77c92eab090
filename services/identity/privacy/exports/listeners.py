"""What copies hear: each service's portion is there."""

from services.chassis.listeners import hears
from services.identity.privacy.exports import usecases


class ExportListeners:
    """Notes it; `exports` is declared by the doors."""

    @hears("identity.portion.gathered", queue="exports")
    def on_identity_portion(self, event, call):
        usecases.take_answer(self.exports, "identity", call)

    @hears("affairs.portion.gathered", queue="exports")
    def on_affairs_portion(self, event, call):
        usecases.take_answer(self.exports, "affairs", call)

    @hears("market.portion.gathered", queue="exports")
    def on_market_portion(self, event, call):
        usecases.take_answer(self.exports, "market", call)

    @hears("integrity.portion.gathered", queue="exports")
    def on_integrity_portion(self, event, call):
        usecases.take_answer(self.exports, "integrity", call)
