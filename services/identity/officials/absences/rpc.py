"""The absences' operations."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.officials.absences import contract, usecases, views
from services.identity.officials.absences.model import Absence
from services.identity.officials.absences.ports import Appointing, EventArchive, Officials
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.absences.views import parties_and_administrators


class AbsenceEndpoints:
    """Being absent; `officials` and `feed` are declared elsewhere, `appointing` is wired in the service."""

    absences = Provided(AbsenceStore)
    officials: Officials
    appointing: Appointing
    feed: EventArchive

    @rpc(contract.record_leave)
    def record_leave(self, call: Call) -> Absence:
        scope = scope_filter(call.actor, *contract.ADMINISTRATORS)
        return usecases.record(self.absences, self.officials, self.appointing.may_grant, scope, call)

    @rpc(contract.end_leave)
    def end_leave(self, call: Call) -> Absence:
        scope = parties_and_administrators(call.actor)
        return usecases.end(self.absences, self.appointing.may_grant, scope, call)

    @rpc(contract.list_leaves)
    def list_leaves(self, call: Call) -> dict:
        return views.in_scope(self.absences, call)

    @rpc(contract.list_my_leaves)
    def list_my_leaves(self, call: Call) -> dict:
        return views.mine(self.absences, call)

    @rpc(contract.list_stand_in_acts)
    def list_stand_in_acts(self, call: Call) -> dict:
        return views.acts(self.absences, self.feed, call)
