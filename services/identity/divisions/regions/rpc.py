"""The divisions' operations."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.divisions.regions import contract, usecases, views
from services.identity.divisions.regions.model import Division
from services.identity.divisions.regions.store import CountyStore, RegionStore


class RegionEndpoints:
    """Divisions are public; administrators keep the figures of their villages."""

    regions = Provided(RegionStore)
    counties = Provided(CountyStore)

    @rpc(contract.find_region)
    def find_region(self, call: Call) -> Division:
        return views.one(self.regions, self.counties, call)

    @rpc(contract.list_regions)
    def list_regions(self, call: Call) -> dict:
        return views.children(self.regions, self.counties, call)

    @rpc(contract.search_regions)
    def search_regions(self, call: Call) -> dict:
        return views.search(self.regions, self.counties, call)

    @rpc(contract.list_editions)
    def list_editions(self, call: Call) -> dict:
        return views.editions(self.regions, call)

    @rpc(contract.change_figures)
    def change_figures(self, call: Call) -> Division:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.change_figures(self.regions, self.counties, scope, call)

    @rpc(contract.figures_history)
    def figures_history(self, call: Call) -> dict:
        return views.figures_history(self.regions, self.counties, call)
