"""The erasures' doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.privacy.erasures import contract, usecases, views
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms


class ErasureEndpoints:
    """A resident's own requests; `residents` and `just_signed_in` are wired in the service."""

    erasures = Provided(ErasureStore)
    erasure_terms = Provided(ErasureTerms)

    @rpc(contract.find_erasure_terms)
    def find_erasure_terms(self, call):
        return views.terms_of(self.erasure_terms)

    @rpc(contract.ask_erasure)
    def ask_erasure(self, call):
        terms = self.erasure_terms
        return usecases.ask(self.erasures, self.residents, self.just_signed_in, terms, call)

    @rpc(contract.cancel_erasure)
    def cancel_erasure(self, call):
        return usecases.cancel(self.erasures, call)

    @rpc(contract.list_erasures)
    def list_erasures(self, call):
        return views.own(self.erasures, self.erasure_terms, call)
