"""The board's endpoints."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.coverage import contract, views
from services.identity.people.coverage.ports import Divisions
from services.identity.people.coverage.store import CoverageStore


class CoverageEndpoints:
    """The board is public; `divisions` is wired in the service."""

    coverage = Provided(CoverageStore)
    divisions: Divisions

    @rpc(contract.find_coverage)
    def find_coverage(self, call: Call) -> dict:
        return views.one(self.coverage, self.divisions, call)

    @rpc(contract.list_coverage)
    def list_coverage(self, call: Call) -> dict:
        return views.below(self.coverage, self.divisions, call)

    @rpc(contract.list_coverage_days)
    def list_coverage_days(self, call: Call) -> dict:
        return views.days(self.coverage, self.divisions, call)
