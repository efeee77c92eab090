"""Who takes over what a visitor did, and which visitors are kept longer."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.identity.access.guest_access import usecases
from services.identity.access.guest_access.ports import Residents
from services.identity.access.guest_access.store import VisitorStore


class GuestAccessListeners:
    """Follows; `visitors` is declared by the endpoints, `residents` by the residents'."""

    visitors: VisitorStore
    residents: Residents

    @hears(
        "identity.resident.certified",
        "identity.resident.corrected",
        "identity.resident.phone_proved",
        queue="visits",
    )
    def on_resident_for_visits(self, event: Envelope, call: Call) -> None:
        usecases.take_over(self.visitors, self.residents, call)

    @hears("affairs.application.submitted", queue="visits")
    def on_application_for_visits(self, event: Envelope, call: Call) -> None:
        self.visitors.keep_longer(event.data["applicant_id"], call)
