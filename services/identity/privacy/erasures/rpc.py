"""The erasures' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.privacy.erasures import contract, usecases, views
from services.identity.privacy.erasures.model import Erasure
from services.identity.privacy.erasures.ports import JustSignedIn, Residents
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms


class ErasureEndpoints:
    """A resident's own requests; `residents` and `just_signed_in` are wired in the service."""

    erasures = Provided(ErasureStore)
    erasure_terms = Provided(ErasureTerms)
    residents: Residents
    just_signed_in: JustSignedIn

    @rpc(contract.find_erasure_terms)
    def find_erasure_terms(self, call: Call) -> dict:
        return views.terms_of(self.erasure_terms)

    @rpc(contract.ask_erasure)
    def ask_erasure(self, call: Call) -> dict:
        terms, call = self.erasure_terms, views.naming_kept(self.erasure_terms, call)
        asked = usecases.ask(self.erasures, self.residents, self.just_signed_in, terms, call)
        return views.with_kept(asked, terms)

    @rpc(contract.cancel_erasure)
    def cancel_erasure(self, call: Call) -> Erasure:
        return usecases.cancel(self.erasures, call)

    @rpc(contract.list_erasures)
    def list_erasures(self, call: Call) -> dict:
        return views.own(self.erasures, self.erasure_terms, call)
