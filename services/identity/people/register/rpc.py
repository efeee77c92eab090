"""The endpoints of the household register."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.register import contract, usecases, views
from services.identity.people.register.model import Import, Register
from services.identity.people.register.ports import Divisions
from services.identity.people.register.store import (
    Entries,
    FilePieces,
    ImportStore,
    RegisterRefusals,
    RegisterStore,
)


class RegisterEndpoints:
    """Imports by the county; `divisions` and `register_lines` are wired in the service."""

    register_imports = Provided(ImportStore)
    registers = Provided(RegisterStore)
    register_entries = Provided(Entries)
    register_refusals = Provided(RegisterRefusals)
    register_pieces = Provided(FilePieces)
    divisions: Divisions
    register_lines: usecases.Lines

    @rpc(contract.open_register_import)
    def open_register_import(self, call: Call) -> Import:
        county = next(role.region for role in call.actor.roles if role.name in contract.COUNTY)
        return usecases.open_import(self.register_imports, county, self.divisions.edition_of(county), call)

    @rpc(contract.add_register_part)
    def add_register_part(self, call: Call) -> Import:
        return usecases.add_part(
            self.register_imports, self.register_pieces, self.register_lines, _own(call), call
        )

    @rpc(contract.complete_register_import)
    def complete_register_import(self, call: Call) -> Register:
        return usecases.complete(
            self.register_imports, self.registers, self.register_pieces, _own(call), call
        )

    @rpc(contract.find_register_import)
    def find_register_import(self, call: Call) -> Import:
        return self.register_imports.get(call.data["import_id"], scope=_own(call))

    @rpc(contract.list_register_imports)
    def list_register_imports(self, call: Call) -> dict:
        return views.of_county(self.register_imports, _own(call), call)

    @rpc(contract.list_register_refusals)
    def list_register_refusals(self, call: Call) -> dict:
        return views.refused_lines(self.register_imports, self.register_refusals, _own(call), call)


def _own(call: Call) -> dict:
    return scope_filter(call.actor, *contract.COUNTY)
