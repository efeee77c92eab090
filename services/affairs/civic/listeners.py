"""What affairs answers and hears as every service of a county does, and of visitors whose time is over."""

from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.listeners import hears
from services.civic.capability import CivicCapability
from services.civic.privacy.account_closure import AccountClosureListeners


class AffairsCivic(
    CivicCapability,
    AccountClosureListeners,
    service="affairs",
    stores=(ApplicationStore, ApplicationDraftStore),
):
    """People, divisions, copies and account closures, made of the stores named here."""

    @hears("identity.visitor.forgotten", queue="departures")
    def on_identity_visitor_forgotten(self, event, call):
        self.held_of_a_person.erase(event.data["visitor_id"], call.without_key())
