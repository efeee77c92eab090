"""The endpoints of recorded people."""

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.recorded import contract, usecases, views
from services.identity.people.recorded.model import RecordedPerson
from services.identity.people.recorded.ports import Households, IdentityHash, Residents, Villages
from services.identity.people.recorded.store import RecordedStore


class RecordedEndpoints:
    """The village records; `residents`, `households`, `villages` and `identity_hash` are wired in the service."""

    recorded_people = Provided(RecordedStore)
    residents: Residents
    households: Households
    villages: Villages
    identity_hash: IdentityHash

    @rpc(contract.record_person)
    def record_person(self, call: Call) -> RecordedPerson:
        def within(region: str) -> None:
            if not may_act_in(call.actor, region, contract.VILLAGE):
                raise NotFound("recorded_person.elsewhere", "只能登记本村的人员，请核对所在的村（社区）。")

        return usecases.record(
            self.recorded_people, self.residents, self.villages, self.identity_hash, within, call
        )

    @rpc(contract.correct_recorded_person)
    def correct_recorded_person(self, call: Call) -> RecordedPerson:
        scope = scope_filter(call.actor, contract.VILLAGE)
        return usecases.correct(self.recorded_people, self.identity_hash, scope, call)

    @rpc(contract.link_recorded_person)
    def link_recorded_person(self, call: Call) -> RecordedPerson:
        scope = scope_filter(call.actor, contract.VILLAGE)
        return usecases.link(self.recorded_people, self.residents, self.households, scope, call)

    @rpc(contract.end_recorded_person)
    def end_recorded_person(self, call: Call) -> RecordedPerson:
        return usecases.end(
            self.recorded_people, self.households, scope_filter(call.actor, contract.VILLAGE), call
        )

    @rpc(contract.find_recorded_person)
    def find_recorded_person(self, call: Call) -> dict:
        return views.one(self.recorded_people, self.residents, call)

    @rpc(contract.list_recorded_people)
    def list_recorded_people(self, call: Call) -> dict:
        return views.in_scope(self.recorded_people, self.residents, call)
