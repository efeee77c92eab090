"""The endpoints of results."""

from services.affairs.matters.results import contract, making, usecases, verifying, views
from services.affairs.matters.results.limits import PaperCheckLimits
from services.affairs.matters.results.making import PaperMaker
from services.affairs.matters.results.model import Result
from services.affairs.matters.results.ports import Cases, Matters, Versions
from services.affairs.matters.results.store import ResultStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.files.receiving import ReceivedFiles


class ResultEndpoints:
    """From the decision to the paper; what is annotated only is wired in the service."""

    results = Provided(ResultStore)
    paper_checks = Provided(PaperCheckLimits)
    paper_maker = Provided(PaperMaker)
    applications: Cases
    matters: Matters
    matter_versions: Versions
    received_files: ReceivedFiles

    @rpc(contract.issue_result)
    def issue_result(self, call: Call) -> Result:
        numbered = usecases.take_number(
            self.results, self.applications, self.matters, self.matter_versions, self.paper_maker, call
        )
        return making.finish(
            self.results, self.applications, self.received_files, self.paper_maker, numbered, call
        )

    @rpc(contract.find_result)
    def find_result(self, call: Call) -> Result:
        return views.one(self.results, call)

    @rpc(contract.find_result_file)
    def find_result_file(self, call: Call) -> dict:
        return views.file_of(self.results, self.received_files, call)

    @rpc(contract.list_application_results)
    def list_application_results(self, call: Call) -> dict:
        return views.of_an_application(self.results, self.applications, call)

    @rpc(contract.list_results_to_hand_over)
    def list_results_to_hand_over(self, call: Call) -> dict:
        return views.to_hand_over(self.results, call)

    @rpc(contract.choose_result_delivery)
    def choose_result_delivery(self, call: Call) -> Result:
        return usecases.choose_delivery(self.results, call)

    @rpc(contract.hand_over_result)
    def hand_over_result(self, call: Call) -> Result:
        return usecases.hand_over(self.results, call)

    @rpc(contract.revoke_result)
    def revoke_result(self, call: Call) -> Result:
        return usecases.revoke(self.results, call)

    @rpc(contract.check_paper_token)
    def check_paper_token(self, call: Call) -> dict:
        return verifying.by_token(self.results, self.paper_checks, call)

    @rpc(contract.check_paper_number)
    def check_paper_number(self, call: Call) -> dict:
        return verifying.by_number(self.results, self.paper_checks, call)

    @rpc(contract.check_paper_file)
    def check_paper_file(self, call: Call) -> dict:
        return verifying.by_file(self.results, self.paper_checks, self.paper_maker.signer, call)
