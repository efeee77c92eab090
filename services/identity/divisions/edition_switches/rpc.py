"""The operations of edition switches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.divisions.edition_switches import contract, usecases, views
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.edition_switches.ports import (
    Crosswalks,
    Officials,
    PartyMembers,
    PartyUnits,
    Relocating,
    Residents,
)
from services.identity.divisions.edition_switches.store import EditionSwitchStore

if TYPE_CHECKING:
    from services.identity.officials.staff.model import Official
    from services.identity.people.party.model import Unit
    from services.identity.people.residents.model import Resident


class EditionSwitchEndpoints:
    """For the county's administrators; `crosswalks`, `residents`, `officials`, `party_units`, `party_members` and `moving` are wired in the service."""

    edition_switches = Provided(EditionSwitchStore)
    crosswalks: Crosswalks
    residents: Residents
    officials: Officials
    party_units: PartyUnits
    party_members: PartyMembers
    moving: Relocating

    @rpc(contract.begin_adoption)
    def begin_adoption(self, call: Call) -> EditionSwitch:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.begin(self.edition_switches, self.crosswalks, self.moving, scope, call)

    @rpc(contract.find_adoption)
    def find_adoption(self, call: Call) -> dict:
        return views.with_who_waits(self.edition_switches, self.moving, call)

    @rpc(contract.list_adoptions)
    def list_adoptions(self, call: Call) -> dict:
        return views.listed(self.edition_switches, call)

    @rpc(contract.list_unplaced)
    def list_unplaced(self, call: Call) -> dict:
        return views.unplaced(self.edition_switches, self.residents, call)

    @rpc(contract.place_resident)
    def place_resident(self, call: Call) -> Resident:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_resident(self.edition_switches, self.residents, self.moving, scope, call)

    @rpc(contract.place_party_unit)
    def place_party_unit(self, call: Call) -> Unit:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_party_unit(
            self.edition_switches, self.party_units, self.party_members, self.moving, scope, call
        )

    @rpc(contract.place_official)
    def place_official(self, call: Call) -> Official:
        scope = scope_filter(call.actor, *contract.EDITORS)
        return usecases.place_official(self.edition_switches, self.officials, self.moving, scope, call)
