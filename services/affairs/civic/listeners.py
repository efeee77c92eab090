"""What affairs answers and hears as every service of a county does, and of visitors whose time is over."""

from datetime import datetime

from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.fitting.store import FittingAnswerStore
from services.affairs.matters.ratings.store import RatingStore
from services.affairs.matters.results.store import PURPOSE as RESULT
from services.affairs.matters.results.store import ResultStore
from services.affairs.matters.reusable_papers.leaves import PaperLeaves
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.affairs.matters.reviews.store import ReviewStore
from services.chassis.core.calls import utc_now
from services.chassis.listeners import hears
from services.civic.calls import Call
from services.civic.capability import CivicCapability
from services.civic.files.model import StoredFile
from services.civic.files.rpc import FileEndpoints
from services.civic.files.timers import FileTimers
from services.civic.privacy.account_closure import AccountClosureListeners


class AffairsCivic(
    CivicCapability,
    AccountClosureListeners,
    FileEndpoints,
    FileTimers,
    service="affairs",
    stores=(
        ApplicationStore,
        ApplicationDraftStore,
        FittingAnswerStore,
        ReusablePaperStore,
        PaperLeaves,
        ResultStore,
        RatingStore,
        ReviewStore,
    ),
    files=True,
):
    """People, divisions, copies, account closures and files, made of the stores named here."""

    applications: ApplicationStore
    results: ResultStore

    def holds_file(self, file: StoredFile) -> bool | datetime:
        """Tell whether the application that a file was handed in for names it, or one that took it over, and until when; of a paper its result."""
        if file.purpose == RESULT:
            return self.results.holds_file(file.subject, file.id)
        return self.applications.holds_file(file.subject, file.id, utc_now())

    def tell_of_file(self, file: StoredFile, call: Call) -> bool:
        """Let the application say whether its file can be opened."""
        return self.applications.tell_of_file(file.subject, file.id, file.state, call)

    @hears("identity.visitor.forgotten", queue="departures")
    def on_identity_visitor_forgotten(self, event, call):
        self.held_of_a_person.erase(event.data["visitor_id"], call.without_key())
