"""The divisions' doors."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.identity.regions import contract, views
from services.identity.regions.store import RegionStore


class RegionDoors:
    """Divisions are public."""

    regions = Uses(RegionStore)

    @rpc(contract.FindRegion, contract.Division, allow=(ANYONE,))
    def find_region(self, call):
        return self.regions.get(call.data["code"])

    @rpc(contract.ListRegions, contract.DivisionPage, allow=(ANYONE,))
    def list_regions(self, call):
        return views.children(self.regions, call)
