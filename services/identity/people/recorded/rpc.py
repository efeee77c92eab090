"""The doors of recorded people."""

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.recorded import contract, usecases, views
from services.identity.people.recorded.store import RecordedStore

VILLAGE = "village_administrator"


class RecordedEndpoints:
    """The village records; `residents`, `households`, `villages` and `identity_hash` are wired in the service."""

    recorded_people = Provided(RecordedStore)

    @rpc(contract.RecordPerson, contract.RecordedPerson, allow=(VILLAGE,), writes=True)
    def record_person(self, call):
        def within(region):
            if not may_act_in(call.actor, region, VILLAGE):
                raise NotFound("recorded_person.elsewhere", "只能登记本村的人员，请核对所在的村（社区）。")

        return usecases.record(
            self.recorded_people, self.residents, self.villages, self.identity_hash, within, call
        )

    @rpc(contract.CorrectRecorded, contract.RecordedPerson, allow=(VILLAGE,), writes=True)
    def correct_recorded_person(self, call):
        scope = scope_filter(call.actor, VILLAGE)
        return usecases.correct(self.recorded_people, self.identity_hash, scope, call)

    @rpc(contract.LinkRecorded, contract.RecordedPerson, allow=(VILLAGE,), writes=True)
    def link_recorded_person(self, call):
        scope = scope_filter(call.actor, VILLAGE)
        return usecases.link(self.recorded_people, self.residents, self.households, scope, call)

    @rpc(contract.EndRecorded, contract.RecordedPerson, allow=(VILLAGE,), writes=True)
    def end_recorded_person(self, call):
        return usecases.end(self.recorded_people, self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.FindRecorded, contract.WholeRecordedPerson, allow=views.OFFICIALS)
    def find_recorded_person(self, call):
        return views.one(self.recorded_people, self.residents, call)

    @rpc(contract.ListRecorded, contract.RecordedPage, allow=views.OFFICIALS)
    def list_recorded_people(self, call):
        return views.in_scope(self.recorded_people, self.residents, call)
