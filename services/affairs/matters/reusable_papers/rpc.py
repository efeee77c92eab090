"""The endpoints of papers."""

from services.affairs.matters.reusable_papers import contract, usecases, views
from services.affairs.matters.reusable_papers.leaves import PaperLeaves
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call


class ReusablePaperEndpoints:
    """Listing and removing the own ones."""

    reusable_papers = Provided(ReusablePaperStore)
    paper_leaves = Provided(PaperLeaves)

    @rpc(contract.list_reusable_papers)
    def list_reusable_papers(self, call: Call) -> dict:
        return views.own(self.reusable_papers, call)

    @rpc(contract.remove_reusable_paper)
    def remove_reusable_paper(self, call: Call) -> dict:
        return usecases.remove(self.reusable_papers, call)
