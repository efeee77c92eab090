"""The doors to personal data unmasked; the answer holds it, so it is not kept under the key."""

from services.chassis.rpc import rpc
from services.chassis.scope import scope_filter
from services.chassis.uses import Uses
from services.identity.disclosures import contract, usecases, views
from services.identity.disclosures.model import PURPOSES_OF_ROLE
from services.identity.disclosures.store import DisclosureStore

READERS = tuple(PURPOSES_OF_ROLE)


class DisclosureDoors:
    """Looking, and seeing who looked; `residents` is wired in the service."""

    disclosures = Uses(DisclosureStore)

    @rpc(contract.Disclose, contract.Disclosed, allow=READERS, writes=True, remember=False)
    def disclose_resident(self, call):
        return usecases.disclose(self.disclosures, self.residents, scope_filter(call.actor, *READERS), call)

    @rpc(contract.ListDisclosures, contract.DisclosurePage, allow=("resident",))
    def list_own_disclosures(self, call):
        return views.own(self.disclosures, call)

    @rpc(contract.ListDisclosures, contract.DisclosurePage, allow=views.AUDITORS)
    def list_disclosures(self, call):
        return views.in_scope(self.disclosures, call)
