"""The erasures' doors."""

from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.identity.erasures import contract, usecases, views
from services.identity.erasures.store import ErasureStore
from services.identity.erasures.terms import Terms

RESIDENT = ("resident",)


class ErasureDoors:
    """A resident's own requests; `residents` and `just_signed_in` are wired in the service."""

    erasures = Uses(ErasureStore)
    erasure_terms = Uses(Terms)

    @rpc(None, contract.ErasureTerms, allow=RESIDENT)
    def find_erasure_terms(self, call):
        return views.terms_of(self.erasure_terms)

    @rpc(None, contract.Erasure, allow=RESIDENT, writes=True, assurance=0)
    def ask_erasure(self, call):
        terms = self.erasure_terms
        return usecases.ask(self.erasures, self.residents, self.just_signed_in, terms, call)

    @rpc(contract.CancelErasure, contract.Erasure, allow=RESIDENT, writes=True, assurance=0)
    def cancel_erasure(self, call):
        return usecases.cancel(self.erasures, call)

    @rpc(contract.ListErasures, contract.ErasurePage, allow=RESIDENT)
    def list_erasures(self, call):
        return views.own(self.erasures, self.erasure_terms, call)
