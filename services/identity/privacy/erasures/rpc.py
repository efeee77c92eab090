"""The erasures' doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.privacy.erasures import contract, usecases, views
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms

RESIDENT = ("resident",)


class ErasureEndpoints:
    """A resident's own requests; `residents` and `just_signed_in` are wired in the service."""

    erasures = Provided(ErasureStore)
    erasure_terms = Provided(ErasureTerms)

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
