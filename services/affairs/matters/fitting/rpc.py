"""The endpoints of what fits."""

from services.affairs.matters.fitting import contract, usecases
from services.affairs.matters.fitting.ports import MattersToSuggest
from services.affairs.matters.fitting.store import FittingAnswerStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.encrypted_fields import in_full
from services.civic.calls import Call
from services.civic.ports import MustNotLeave, People


class FittingEndpoints:
    """Suggestions and kept answers; what is annotated only is wired in the service."""

    fitting_answers = Provided(FittingAnswerStore)
    matters: MattersToSuggest
    people: People
    must_not_leave: MustNotLeave

    @rpc(contract.suggest_matters)
    def suggest_matters(self, call: Call) -> dict:
        return usecases.suggest(self.matters, call)

    @rpc(contract.suggest_own_matters)
    def suggest_own_matters(self, call: Call) -> dict:
        return usecases.suggest_own(self.matters, call)

    @rpc(contract.keep_fitting_answers)
    def keep_fitting_answers(self, call: Call) -> dict:
        return in_full(usecases.keep(self.fitting_answers, self.people, self.must_not_leave, call))

    @rpc(contract.find_fitting_answers)
    def find_fitting_answers(self, call: Call) -> dict:
        return in_full(usecases.own(self.fitting_answers, call))

    @rpc(contract.discard_fitting_answers)
    def discard_fitting_answers(self, call: Call) -> dict:
        return usecases.discard(self.fitting_answers, call)
