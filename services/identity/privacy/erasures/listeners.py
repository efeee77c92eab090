"""What erasures hear: the other services' answers, what becomes of the entry, and that it has become a tombstone."""

from collections.abc import Iterable

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.privacy.erasures import usecases
from services.identity.privacy.erasures.ports import EndSessions, Forgetful, Residents
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms


class ErasureListeners:
    """Go on; `erasures` and `erasure_terms` are declared by the endpoints, `residents`, `holding_of_a_person` and `end_sessions_of` are wired in the service."""

    erasures: ErasureStore
    residents: Residents
    holding_of_a_person: Iterable[Forgetful]
    end_sessions_of: EndSessions
    erasure_terms: ErasureTerms

    @hears("identity.resident.merged", queue="erasures")
    def on_asking_entry_merged(self, event: Envelope, call: Call) -> None:
        usecases.end_with_entry(self.erasures, call)

    @hears("identity.resident.reactivated", queue="erasures")
    def on_asking_entry_reactivated(self, event: Envelope, call: Call) -> None:
        usecases.go_on(self.erasures, self.erasure_terms, call)

    @hears("affairs.departure.cleared", "affairs.departure.hindered", queue="erasures")
    def on_affairs_departure(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.erasures, self.residents, "affairs", call)

    @hears("market.departure.cleared", "market.departure.hindered", queue="erasures")
    def on_market_departure(self, event: Envelope, call: Call) -> None:
        usecases.take_answer(self.erasures, self.residents, "market", call)

    @hears("identity.resident.erased", queue="erasures")
    def on_identity_resident_erased(self, event: Envelope, call: Call) -> None:
        usecases.forget(self.holding_of_a_person, self.end_sessions_of, call)
