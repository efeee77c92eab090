"""The board's doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.coverage import contract, views
from services.identity.people.coverage.store import CoverageStore


class CoverageEndpoints:
    """The board is public; `divisions` is wired in the service."""

    coverage = Provided(CoverageStore)

    @rpc(contract.find_coverage)
    def find_coverage(self, call):
        return views.one(self.coverage, self.divisions, call)

    @rpc(contract.list_coverage)
    def list_coverage(self, call):
        return views.below(self.coverage, self.divisions, call)

    @rpc(contract.list_coverage_days)
    def list_coverage_days(self, call):
        return views.days(self.coverage, self.divisions, call)
