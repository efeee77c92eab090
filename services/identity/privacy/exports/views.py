"""What a resident can read of copies."""

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.privacy.exports.model import Export
from services.identity.privacy.exports.store import ExportStore


def own(exports: ExportStore, call: Call) -> dict:
    """A page of the caller's requests, newest first."""
    where = {"resident_id": call.actor.id}
    return page(exports.documents, where, call.data, ("asked_at", -1), exports.from_document)


def one(exports: ExportStore, call: Call) -> Export:
    """One of the caller's requests; raises NotFound for another's."""
    return exports.get(call.data["export_id"], scope={"resident_id": call.actor.id})
