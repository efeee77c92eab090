"""The operations on a copy of one's own data; none of them serves a helper."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.privacy.exports import contract, usecases, views
from services.identity.privacy.exports.model import Export
from services.identity.privacy.exports.ports import JustSignedIn, NoteOwnLook, Residents
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.exports.terms import ExportTerms


class ExportEndpoints:
    """A resident's own copies; `residents`, `just_signed_in` and `note_own_look` are wired in the service."""

    exports = Provided(ExportStore)
    export_terms = Provided(ExportTerms)
    residents: Residents
    just_signed_in: JustSignedIn
    note_own_look: NoteOwnLook

    @rpc(contract.ask_export)
    def ask_export(self, call: Call) -> Export:
        kept = self.export_terms.kept
        return usecases.ask(self.exports, self.residents, self.just_signed_in, self.note_own_look, kept, call)

    @rpc(contract.list_exports)
    def list_exports(self, call: Call) -> dict:
        return views.own(self.exports, call)

    @rpc(contract.find_export)
    def find_export(self, call: Call) -> Export:
        return views.one(self.exports, call)

    @rpc(contract.open_export)
    def open_export(self, call: Call) -> Export:
        return usecases.open_copy(self.exports, self.residents, self.just_signed_in, self.note_own_look, call)
