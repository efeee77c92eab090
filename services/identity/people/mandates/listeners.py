"""What is heard of what was done under mandates, and of who was erased."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.people.mandates import usecases
from services.identity.people.mandates.store import ActStore, MandateStore, Papers


class MandateListeners:
    """Keep the list of acts, and let the erased go; `acts`, `mandates` and `papers` are declared by the endpoints."""

    acts: ActStore
    mandates: MandateStore
    papers: Papers

    @hears("identity.resident.erased", queue="mandates")
    def on_party_erased(self, event: Envelope, call: Call) -> None:
        usecases.erase_all_of(self.mandates, self.papers, call)

    @hears(
        "affairs.application.submitted",
        "affairs.application.supplemented",
        "affairs.application.withdrawn",
        queue="mandate_acts",
        selector="mandate_id",
    )
    def on_affairs_application_acted(self, event: Envelope, call: Call) -> None:
        usecases.note(self.acts, event, call)

    @hears(
        "market.order.requested",
        "market.order.cancelled",
        "market.order.received",
        "market.order.called_off",
        "market.payment.requested",
        "market.claim.asked",
        "market.claim.disputed",
        "market.claim.sent_back",
        "market.claim.withdrawn",
        queue="mandate_acts",
        selector="mandate_id",
    )
    def on_market_acted(self, event: Envelope, call: Call) -> None:
        usecases.note(self.acts, event, call)
