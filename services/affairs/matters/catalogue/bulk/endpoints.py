"""The endpoints of the catalogue's spreadsheets."""

from services.affairs.matters.catalogue import contract, operations
from services.affairs.matters.catalogue.bulk import batch, exporting, importing, views
from services.affairs.matters.catalogue.bulk.batch import MatterImport
from services.affairs.matters.catalogue.bulk.importing import Sheets
from services.affairs.matters.catalogue.bulk.stores import ImportLines, MatterImportStore, SheetPieces
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.files.model import PIECE_BYTES


class MatterSheetEndpoints:
    """Out and in; `matters` is the service's."""

    matters: MatterStore
    matter_imports = Provided(MatterImportStore)
    matter_import_lines = Provided(ImportLines)
    matter_import_pieces = Provided(SheetPieces)

    @property
    def sheets(self) -> Sheets:
        """Give the stores together."""
        return Sheets(self.matter_imports, self.matter_import_lines, self.matter_import_pieces, self.matters)

    @rpc(operations.export_matters)
    def export_matters(self, call: Call) -> dict:
        return exporting.begun(_regions(call), call)

    @rpc(operations.list_matter_rows)
    def list_matter_rows(self, call: Call) -> dict:
        return exporting.page_of_rows(self.matters, call)

    @rpc(operations.begin_matter_import)
    def begin_matter_import(self, call: Call) -> dict:
        one = importing.begin(self.sheets, _regions(call)[0], call)
        return {
            "file_id": one.id,
            "state": "receiving" if one.state == batch.RECEIVING else "kept",
            "received": importing.received(self.sheets, one),
            "piece_bytes": PIECE_BYTES,
            "most_bytes": batch.MOST_BYTES,
            "lapses_at": one.forget_at,
        }

    @rpc(operations.put_matter_import_piece)
    def put_matter_import_piece(self, call: Call) -> dict:
        return importing.put(self.sheets, call)

    @rpc(operations.add_matter_import)
    def add_matter_import(self, call: Call) -> MatterImport:
        return importing.add(self.sheets, call)

    @rpc(operations.apply_matter_import)
    def apply_matter_import(self, call: Call) -> MatterImport:
        return importing.apply(self.sheets, _scope(call), call)

    @rpc(operations.find_matter_import)
    def find_matter_import(self, call: Call) -> MatterImport:
        return self.matter_imports.get(call.data["import_id"], scope=_scope(call))

    @rpc(operations.list_matter_imports)
    def list_matter_imports(self, call: Call) -> dict:
        return views.of_region(self.matter_imports, _scope(call), call)

    @rpc(operations.list_matter_import_lines)
    def list_matter_import_lines(self, call: Call) -> dict:
        return views.lines(self.matter_imports, self.matter_import_lines, _scope(call), call)


def _scope(call: Call) -> dict:
    return scope_filter(call.actor, *contract.EDITORS)


def _regions(call: Call) -> list[str]:
    """Give the regions whose catalogue the caller keeps, largest first."""
    found = {role.region for role in call.actor.roles if role.name in contract.EDITORS}
    return sorted(found, key=lambda region: (len(region), region))
