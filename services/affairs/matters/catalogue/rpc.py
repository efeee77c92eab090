"""The catalogue's doors."""

from services.affairs.matters.catalogue import contract, usecases, views
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.actor import ANYONE
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided

EDITORS = ("clerk", "county_administrator")


class MatterEndpoints:
    """The public catalogue, and its upkeep by the county."""

    matters = Provided(MatterStore)

    @rpc(contract.ListMatters, contract.MatterPage, allow=(ANYONE,))
    def list_matters(self, call):
        return views.listed(self.matters, call)

    @rpc(contract.FindMatter, contract.Matter, allow=(ANYONE,))
    def find_matter(self, call):
        return views.one(self.matters, call)

    @rpc(contract.ChangeMatter, contract.Matter, allow=EDITORS, writes=True)
    def change_matter(self, call):
        return usecases.change(self.matters, scope_filter(call.actor, *EDITORS), call)
