"""What is heard of what was done under mandates, and of who moved, or whose entry ended or was erased."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles
from services.identity.people.mandates import parties, recording, usecases
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.ports import Residents
from services.identity.people.mandates.store import ActStore, MandateStore, Papers


class MandateListeners:
    """Keep the list of acts, and follow ward and helper; what it works with is declared by the endpoints."""

    acts: ActStore
    mandates: MandateStore
    papers: Papers
    residents: Residents
    mandate_limits: MandateLimits
    received_files: ReceivedFiles

    @hears("identity.resident.moved", queue="mandates")
    def on_ward_moved(self, event: Envelope, call: Call) -> None:
        parties.follow_ward(self.mandates, self.residents, call.data["resident_id"])

    @hears("identity.resident.deceased", "identity.resident.deactivated", queue="mandates")
    def on_party_ended(self, event: Envelope, call: Call) -> None:
        parties.end_all_of(self.mandates, call.data["resident_id"], call)

    @hears("identity.resident.merged", queue="mandates")
    def on_party_merged(self, event: Envelope, call: Call) -> None:
        person = call.data["resident_id"]
        parties.carry_over(self.mandates, self.residents, self.mandate_limits, person, call)

    @hears("identity.resident.erased", queue="mandates")
    def on_party_erased(self, event: Envelope, call: Call) -> None:
        recording.erase_all_of(self.mandates, self.papers, self.received_files, call)

    @hears(
        "identity.mandate.refused",
        "identity.mandate.ended",
        "identity.mandate.expired",
        queue="mandate_photos",
    )
    def on_mandate_over(self, event: Envelope, call: Call) -> None:
        recording.forget(self.mandates, self.papers, self.received_files, call)

    @hears(
        "affairs.application.submitted",
        "affairs.application.supplemented",
        "affairs.application.withdrawn",
        "affairs.application.file_added",
        "affairs.application.file_removed",
        "affairs.application.paper_reused",
        "affairs.result.delivery_chosen",
        queue="mandate_acts",
        selector="mandate_id",
    )
    def on_affairs_application_acted(self, event: Envelope, call: Call) -> None:
        usecases.note(self.acts, event, call)

    @hears(
        "affairs.review.asked",
        "affairs.review.raised",
        "affairs.review.withdrawn",
        queue="mandate_acts",
        selector="mandate_id",
    )
    def on_affairs_review_acted(self, event: Envelope, call: Call) -> None:
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
