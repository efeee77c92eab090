"""The operations of crosswalks."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.divisions.crosswalks import contract, usecases, views
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.ports import Divisions, Following, People
from services.identity.divisions.crosswalks.store import CrosswalkStore


class CrosswalkEndpoints:
    """For the county's administrators; `divisions`, `people` and `following` are wired in the service."""

    crosswalks = Provided(CrosswalkStore)
    divisions: Divisions
    people: People
    following: Following

    @rpc(contract.begin_succession)
    def begin_succession(self, call: Call) -> Crosswalk:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.begin(self.crosswalks, self.divisions, scope, call)

    @rpc(contract.settle_succession)
    def settle_succession(self, call: Call) -> Crosswalk:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.settle(self.crosswalks, self.divisions, scope, call)

    @rpc(contract.confirm_succession)
    def confirm_succession(self, call: Call) -> Crosswalk:
        return usecases.confirm(self.crosswalks, scope_filter(call.actor, *contract.EDITORS), call)

    @rpc(contract.find_succession)
    def find_succession(self, call: Call) -> Crosswalk:
        return views.one(self.crosswalks, call)

    @rpc(contract.list_successions)
    def list_successions(self, call: Call) -> dict:
        return views.listed(self.crosswalks, call)

    @rpc(contract.rehearse_succession)
    def rehearse_succession(self, call: Call) -> dict:
        return views.rehearsed(
            self.crosswalks, self.divisions, self.people.counted, self.following.counted, call
        )

    @rpc(contract.ask_rehearsal)
    def ask_rehearsal(self, call: Call) -> Crosswalk:
        return usecases.rehearse(self.crosswalks, scope_filter(call.actor, *contract.EDITORS), call)
