"""The endpoints of what was verified, and of papers of earlier cases."""

from services.affairs.matters.applications import operations, verifying, views
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.ports import ReusablePapers
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.rpc import rpc
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles


class VerificationEndpoints:
    """Verifying and using again; what is annotated only is wired in the service."""

    applications: ApplicationStore
    received_files: ReceivedFiles
    reusable_papers: ReusablePapers

    @rpc(operations.verify_material)
    def verify_material(self, call: Call) -> dict:
        return views.to_an_official(verifying.verify(self.applications, call), call)

    @rpc(operations.find_offered_papers)
    def find_offered_papers(self, call: Call) -> dict:
        return verifying.offered(self.applications, self.reusable_papers, call)

    @rpc(operations.reuse_paper)
    def reuse_paper(self, call: Call) -> Application:
        return verifying.reuse(self.applications, self.reusable_papers, self.received_files, call)
