"""The operations that show personal data unmasked; the answer holds it, so it is not kept under the key."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.privacy.unmaskings import contract, usecases, views
from services.identity.privacy.unmaskings.ports import IdentityHash, Residents
from services.identity.privacy.unmaskings.store import UnmaskingStore


class UnmaskingEndpoints:
    """Looking, and seeing who looked; `residents` and `identity_hash` are wired in the service."""

    disclosures = Provided(UnmaskingStore)
    residents: Residents
    identity_hash: IdentityHash

    @rpc(contract.disclose_resident)
    def disclose_resident(self, call: Call) -> dict:
        return usecases.disclose(
            self.disclosures, self.residents, scope_filter(call.actor, *contract.READERS), call
        )

    @rpc(contract.look_up_resident)
    def look_up_resident(self, call: Call) -> dict:
        scope = scope_filter(call.actor, *contract.READERS)
        return usecases.look_up(self.disclosures, self.residents, self.identity_hash, scope, call)

    @rpc(contract.list_own_disclosures)
    def list_own_disclosures(self, call: Call) -> dict:
        return views.own(self.disclosures, call)

    @rpc(contract.list_disclosures)
    def list_disclosures(self, call: Call) -> dict:
        return views.in_scope(self.disclosures, call)
