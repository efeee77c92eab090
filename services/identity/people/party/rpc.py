"""The endpoints of the party's units and members."""

from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.party import contract, usecases, views
from services.identity.people.party.model import PartyMember, Unit
from services.identity.people.party.ports import Coverage, Divisions, KnownPersons
from services.identity.people.party.store import PartyMemberStore, PartyUnitStore


class PartyEndpoints:
    """Administrators of the unit's region keep the list; `divisions`, `known_persons` and `coverage` are wired in the service."""

    party_units = Provided(PartyUnitStore)
    party_members = Provided(PartyMemberStore)
    divisions: Divisions
    known_persons: KnownPersons
    coverage: Coverage

    @rpc(contract.found_party_unit)
    def found_party_unit(self, call: Call) -> Unit:
        def within(region: str) -> bool:
            return may_act_in(call.actor, region, *contract.ADMINISTRATORS)

        return usecases.found(self.party_units, self.divisions, within, call)

    @rpc(contract.list_party_units)
    def list_party_units(self, call: Call) -> dict:
        return views.units_in_scope(self.party_units, call)

    @rpc(contract.find_party_unit)
    def find_party_unit(self, call: Call) -> dict:
        return views.unit(self.party_units, self.party_members, self.coverage, call)

    @rpc(contract.enter_party_member)
    def enter_party_member(self, call: Call) -> PartyMember:
        scope = scope_filter(call.actor, *contract.ADMINISTRATORS)
        return usecases.enter(self.party_units, self.party_members, self.known_persons, scope, call)

    @rpc(contract.list_party_members)
    def list_party_members(self, call: Call) -> dict:
        return views.members_of_unit(self.party_units, self.party_members, self.known_persons, call)

    @rpc(contract.find_party_member)
    def find_party_member(self, call: Call) -> dict:
        return views.member(self.party_members, self.known_persons, call)

    @rpc(contract.transfer_party_member)
    def transfer_party_member(self, call: Call) -> PartyMember:
        scope = scope_filter(call.actor, *contract.ADMINISTRATORS)
        return usecases.transfer(self.party_units, self.party_members, scope, call)

    @rpc(contract.mark_party_member_floating)
    def mark_party_member_floating(self, call: Call) -> PartyMember:
        return usecases.mark_floating(
            self.party_members, scope_filter(call.actor, *contract.ADMINISTRATORS), call
        )

    @rpc(contract.record_party_contact)
    def record_party_contact(self, call: Call) -> PartyMember:
        return usecases.record_contact(
            self.party_members, scope_filter(call.actor, *contract.ADMINISTRATORS), call
        )

    @rpc(contract.remove_party_member)
    def remove_party_member(self, call: Call) -> PartyMember:
        return usecases.leave(self.party_members, scope_filter(call.actor, *contract.ADMINISTRATORS), call)
