"""The doors of tables of successors."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.divisions.crosswalks import contract, usecases, views
from services.identity.divisions.crosswalks.store import CrosswalkStore


class CrosswalkEndpoints:
    """For the county's administrators; `divisions`, `people` and `following` are wired in the service."""

    successions = Provided(CrosswalkStore)

    @rpc(contract.BeginSuccession, contract.SuccessionHead, allow=views.EDITORS, writes=True)
    def begin_succession(self, call):
        scope = scope_filter(call.actor, *views.EDITORS)
        return usecases.begin(self.successions, self.divisions, scope, call)

    @rpc(contract.SettleSuccession, contract.SuccessionHead, allow=views.EDITORS, writes=True)
    def settle_succession(self, call):
        scope = scope_filter(call.actor, *views.EDITORS)
        return usecases.settle(self.successions, self.divisions, scope, call)

    @rpc(contract.FindSuccession, contract.SuccessionHead, allow=views.EDITORS, writes=True)
    def confirm_succession(self, call):
        return usecases.confirm(self.successions, scope_filter(call.actor, *views.EDITORS), call)

    @rpc(contract.FindSuccession, contract.Succession, allow=views.EDITORS)
    def find_succession(self, call):
        return views.one(self.successions, call)

    @rpc(contract.ListSuccessions, contract.SuccessionPage, allow=views.EDITORS)
    def list_successions(self, call):
        return views.listed(self.successions, call)

    @rpc(contract.FindSuccession, contract.Rehearsal, allow=views.EDITORS)
    def rehearse_succession(self, call):
        return views.rehearsed(
            self.successions, self.divisions, self.people.counted, self.following.counted, call
        )

    @rpc(contract.FindSuccession, contract.SuccessionHead, allow=views.EDITORS, writes=True)
    def ask_rehearsal(self, call):
        return usecases.rehearse(self.successions, scope_filter(call.actor, *views.EDITORS), call)
