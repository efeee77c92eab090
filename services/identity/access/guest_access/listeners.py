"""Who takes over what a visitor did, and which visitors are kept longer."""

from services.chassis.listeners import hears
from services.identity.access.guest_access import usecases


class GuestAccessListeners:
    """Follows; `visitors` is declared by the doors, `residents` by the residents'."""

    @hears("identity.resident.certified", "identity.resident.corrected", queue="visits")
    def on_resident_for_visits(self, event, call):
        usecases.take_over(self.visitors, self.residents, call)

    @hears("affairs.application.submitted", queue="visits")
    def on_application_for_visits(self, event, call):
        self.visitors.keep_longer(event.data["applicant_id"], call)
