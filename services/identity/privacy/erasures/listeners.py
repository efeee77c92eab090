"""What erasures hear: the other services' answers, and that an entry has become a tombstone."""

from services.chassis.listeners import hears
from services.identity.privacy.erasures import usecases


class ErasureListeners:
    """Go on; `erasures` is declared by the doors, `residents`, `holding_of_a_person` and `end_sessions_of` are wired in the service."""

    @hears("affairs.departure.cleared", "affairs.departure.hindered", queue="erasures")
    def on_affairs_departure(self, event, call):
        usecases.take_answer(self.erasures, self.residents, "affairs", call)

    @hears("market.departure.cleared", "market.departure.hindered", queue="erasures")
    def on_market_departure(self, event, call):
        usecases.take_answer(self.erasures, self.residents, "market", call)

    @hears("identity.resident.erased", queue="erasures")
    def on_identity_resident_erased(self, event, call):
        usecases.forget(self.holding_of_a_person, self.end_sessions_of, call)
