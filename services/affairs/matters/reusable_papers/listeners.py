"""What becomes of papers when something was verified, a case ends, and leave is given or taken back (个人信息保护法 art. 15, 47(1)3)."""

from services.affairs.matters.reusable_papers import usecases
from services.affairs.matters.reusable_papers.leaves import PURPOSE, PaperLeaves
from services.affairs.matters.reusable_papers.model import CASE_OVER, LEAVE_WITHDRAWN
from services.affairs.matters.reusable_papers.ports import Cases
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.chassis.listeners import hears
from services.civic.people import People


class ReusablePaperListeners:
    """Each of them may be heard again."""

    reusable_papers: ReusablePaperStore
    paper_leaves: PaperLeaves
    applications: Cases
    people: People

    @hears("affairs.application.material_verified", queue="reusable_papers")
    def on_affairs_application_material_verified(self, event, call):
        case = event.data["application_id"]
        usecases.keep(self.reusable_papers, self.applications, self.paper_leaves, case, call)

    @hears(
        "affairs.application.declined",
        "affairs.application.withdrawn",
        "affairs.application.lapsed",
        queue="reusable_papers",
    )
    def on_affairs_application_over(self, event, call):
        ids = self.reusable_papers.kept_of_case(event.data["application_id"])
        usecases.end_all(self.reusable_papers, ids, CASE_OVER, call)

    @hears("identity.consent.given", "identity.consent.withdrawn", queue="reusable_papers")
    def on_identity_consent_decided(self, event, call):
        if event.data["purpose"] != PURPOSE:
            return
        self.paper_leaves.decided(event)
        person = event.data["resident_id"]
        if self.paper_leaves.given_by(person):
            usecases.keep_all(self.reusable_papers, self.applications, self.paper_leaves, person, call)
        else:
            ids = self.reusable_papers.kept_of(self.people.entries_of(person))
            usecases.end_all(self.reusable_papers, ids, LEAVE_WITHDRAWN, call)
