"""Somebody in the made county who asked for a copy, freshly signed in, and somebody who registered with her number."""

from datetime import timedelta

from services.chassis.core.calls import Call, utc_now
from services.civic.actor import SYSTEM
from services.identity.access.sessions.model import Session
from services.identity.access.sessions.store import SessionStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.exports.model import Export
from services.identity.privacy.exports.store import ExportStore

EXPORT, DOUBLE, SIGNED_IN = "export-0", "double-0", "freshly-signed-in"


def make_own_data(database, resident: dict) -> None:
    """Write the copy's request, the session and the double."""
    now, call = utc_now(), Call({}, SYSTEM)
    until, id, region = now + timedelta(days=7), resident["_id"], resident["region"]
    ExportStore(database).add(Export(EXPORT, region, id, [id], now, until, "2026-01-01", 0), [], call)
    SessionStore(database).add(Session(SIGNED_IN, region, id, "resident", now, now, until), [], call)
    double = Resident(DOUBLE, region, "测重名", f"claimed:{DOUBLE}", "5101", "13900000000", "", now)
    double.claims = resident["id_number_hash"]
    ResidentStore(database).add(double, [], call)
