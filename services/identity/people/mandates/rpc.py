"""The mandates' doors; none of them can be used under a mandate, so that there are no chains."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.mandates import contract, usecases, views
from services.identity.people.mandates.model import MandateLimits
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.mandates.views import parties_and_officials


class MandateEndpoints:
    """Giving, answering, ending and checking mandates; `residents` is declared by the residents' doors."""

    mandates = Provided(MandateStore)
    papers = Provided(Papers)
    acts = Provided(ActStore)
    mandate_limits = Provided(MandateLimits)

    @rpc(contract.offer_mandate)
    def offer_mandate(self, call):
        return usecases.offer(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.record_mandate)
    def record_mandate(self, call):
        scope = scope_filter(call.actor, *contract.VILLAGE)
        return usecases.record(self.mandates, self.papers, self.residents, self.mandate_limits, scope, call)

    @rpc(contract.accept_mandate)
    def accept_mandate(self, call):
        return usecases.accept(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.refuse_mandate)
    def refuse_mandate(self, call):
        return usecases.refuse(self.mandates, call)

    @rpc(contract.end_mandate)
    def end_mandate(self, call):
        return usecases.end(self.mandates, parties_and_officials(call.actor, *contract.VILLAGE), call)

    @rpc(contract.find_mandate)
    def find_mandate(self, call):
        return views.one(self.mandates, self.residents, call)

    @rpc(contract.find_mandate_paper)
    def find_mandate_paper(self, call):
        return views.paper(self.mandates, self.papers, call)

    @rpc(contract.list_mandate_acts)
    def list_mandate_acts(self, call):
        return views.acts_of(self.mandates, self.acts, call)

    @rpc(contract.list_my_mandates)
    def list_my_mandates(self, call):
        return views.mine(self.mandates, self.residents, call)

    @rpc(contract.list_mandates)
    def list_mandates(self, call):
        return views.of_regions(self.mandates, self.residents, call)

    @rpc(contract.mandate_authority)
    def mandate_authority(self, call):
        return views.authority(self.mandates, self.residents, call)
