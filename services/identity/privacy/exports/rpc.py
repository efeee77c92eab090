"""The doors to a copy of one's own data; none of them serves a helper."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.privacy.exports import contract, usecases, views
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.exports.terms import ExportTerms

RESIDENT = ("resident",)


class ExportEndpoints:
    """A resident's own copies; `residents`, `just_signed_in` and `note_own_look` are wired in the service."""

    exports = Provided(ExportStore)
    export_terms = Provided(ExportTerms)

    @rpc(None, contract.Export, allow=RESIDENT, writes=True, assurance=0)
    def ask_export(self, call):
        kept = self.export_terms.kept
        return usecases.ask(self.exports, self.residents, self.just_signed_in, self.note_own_look, kept, call)

    @rpc(contract.ListExports, contract.ExportPage, allow=RESIDENT)
    def list_exports(self, call):
        return views.own(self.exports, call)

    @rpc(contract.FindExport, contract.Export, allow=RESIDENT)
    def find_export(self, call):
        return views.one(self.exports, call)

    @rpc(contract.OpenExport, contract.ExportCopy, allow=RESIDENT)
    def open_export(self, call):
        return usecases.open_copy(self.exports, self.residents, self.just_signed_in, self.note_own_look, call)
