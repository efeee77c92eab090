"""The doors of adoptions."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.divisions.edition_switches import contract, usecases, views
from services.identity.divisions.edition_switches.store import EditionSwitchStore


class EditionSwitchEndpoints:
    """For the county's administrators; `successions`, `residents`, `officials`, `party_units`, `party_members` and `moving` are wired in the service."""

    adoptions = Provided(EditionSwitchStore)

    @rpc(contract.begin_adoption)
    def begin_adoption(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.begin(self.adoptions, self.successions, self.moving, scope, call)

    @rpc(contract.find_adoption)
    def find_adoption(self, call):
        return views.one(self.adoptions, call)

    @rpc(contract.list_adoptions)
    def list_adoptions(self, call):
        return views.listed(self.adoptions, call)

    @rpc(contract.list_unplaced)
    def list_unplaced(self, call):
        return views.unplaced(self.adoptions, self.residents, call)

    @rpc(contract.place_resident)
    def place_resident(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_resident(self.adoptions, self.residents, scope, call)

    @rpc(contract.place_party_unit)
    def place_party_unit(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_party_unit(self.adoptions, self.party_units, self.party_members, scope, call)

    @rpc(contract.place_official)
    def place_official(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_official(self.adoptions, self.officials, scope, call)
