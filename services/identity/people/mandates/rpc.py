"""The mandates' doors; none of them can be used under a mandate, so that there are no chains."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.mandates import contract, usecases, views
from services.identity.people.mandates.model import MandateLimits
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.mandates.views import OFFICIALS, VILLAGE, parties_and_officials

RESIDENT = ("resident",)


class MandateEndpoints:
    """Giving, answering, ending and checking mandates; `residents` is declared by the residents' doors."""

    mandates = Provided(MandateStore)
    papers = Provided(Papers)
    acts = Provided(ActStore)
    mandate_limits = Provided(MandateLimits)

    @rpc(contract.OfferMandate, contract.Mandate, allow=RESIDENT, writes=True, assurance=0)
    def offer_mandate(self, call):
        return usecases.offer(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.RecordMandate, contract.Mandate, allow=VILLAGE, writes=True)
    def record_mandate(self, call):
        scope = scope_filter(call.actor, *VILLAGE)
        return usecases.record(self.mandates, self.papers, self.residents, self.mandate_limits, scope, call)

    @rpc(contract.FindMandate, contract.Mandate, allow=RESIDENT, writes=True, assurance=0)
    def accept_mandate(self, call):
        return usecases.accept(self.mandates, self.residents, self.mandate_limits, call)

    @rpc(contract.FindMandate, contract.Mandate, allow=RESIDENT, writes=True, assurance=0)
    def refuse_mandate(self, call):
        return usecases.refuse(self.mandates, call)

    @rpc(contract.EndMandate, contract.Mandate, allow=(*RESIDENT, *VILLAGE), writes=True, assurance=0)
    def end_mandate(self, call):
        return usecases.end(self.mandates, parties_and_officials(call.actor, *VILLAGE), call)

    @rpc(contract.FindMandate, contract.Mandate, allow=(*RESIDENT, *OFFICIALS))
    def find_mandate(self, call):
        return views.one(self.mandates, self.residents, call)

    @rpc(contract.FindMandate, contract.Paper, allow=(*RESIDENT, *OFFICIALS))
    def find_mandate_paper(self, call):
        return views.paper(self.mandates, self.papers, call)

    @rpc(contract.ListActs, contract.ActPage, allow=(*RESIDENT, *OFFICIALS))
    def list_mandate_acts(self, call):
        return views.acts_of(self.mandates, self.acts, call)

    @rpc(contract.ListMyMandates, contract.MandatePage, allow=RESIDENT)
    def list_my_mandates(self, call):
        return views.mine(self.mandates, self.residents, call)

    @rpc(contract.ListMandates, contract.MandatePage, allow=OFFICIALS)
    def list_mandates(self, call):
        return views.of_regions(self.mandates, self.residents, call)

    @rpc(contract.AskAuthority, contract.Authority, allow=RESIDENT)
    def mandate_authority(self, call):
        return views.authority(self.mandates, self.residents, call)
