"""The catalogue's endpoints."""

from services.affairs.matters.catalogue import contract, usecases, views
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call


class MatterEndpoints:
    """The public catalogue, and its upkeep by the county."""

    matters = Provided(MatterStore)

    @rpc(contract.list_matters)
    def list_matters(self, call: Call) -> dict:
        return views.listed(self.matters, call)

    @rpc(contract.find_matter)
    def find_matter(self, call: Call) -> Matter:
        return views.one(self.matters, call)

    @rpc(contract.find_matter_form)
    def find_matter_form(self, call: Call) -> dict:
        return views.form(self.matters, call)

    @rpc(contract.change_matter)
    def change_matter(self, call: Call) -> Matter:
        return usecases.change(self.matters, scope_filter(call.actor, *contract.EDITORS), call)
