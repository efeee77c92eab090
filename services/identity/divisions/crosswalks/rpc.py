"""The doors of tables of successors."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.divisions.crosswalks import contract, usecases, views
from services.identity.divisions.crosswalks.store import CrosswalkStore


class CrosswalkEndpoints:
    """For the county's administrators; `divisions`, `people` and `following` are wired in the service."""

    successions = Provided(CrosswalkStore)

    @rpc(contract.begin_succession)
    def begin_succession(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.begin(self.successions, self.divisions, scope, call)

    @rpc(contract.settle_succession)
    def settle_succession(self, call):
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.settle(self.successions, self.divisions, scope, call)

    @rpc(contract.confirm_succession)
    def confirm_succession(self, call):
        return usecases.confirm(self.successions, scope_filter(call.actor, *contract.EDITORS), call)

    @rpc(contract.find_succession)
    def find_succession(self, call):
        return views.one(self.successions, call)

    @rpc(contract.list_successions)
    def list_successions(self, call):
        return views.listed(self.successions, call)

    @rpc(contract.rehearse_succession)
    def rehearse_succession(self, call):
        return views.rehearsed(
            self.successions, self.divisions, self.people.counted, self.following.counted, call
        )

    @rpc(contract.ask_rehearsal)
    def ask_rehearsal(self, call):
        return usecases.rehearse(self.successions, scope_filter(call.actor, *contract.EDITORS), call)
