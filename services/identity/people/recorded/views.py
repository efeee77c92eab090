"""What can be read of recorded people: by the officials of their regions, masked."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.recorded.contract import OFFICIALS
from services.identity.people.recorded.model import RecordedPerson
from services.identity.people.recorded.ports import Residents
from services.identity.people.recorded.store import RecordedStore

LISTED = (
    "id",
    "region",
    "masked_name",
    "masked_id_number",
    "state",
    "recorded_at",
    "resident_id",
    "ended_as",
    "version",
)


def one(recorded: RecordedStore, residents: Residents, call: Call) -> dict:
    """Find one recorded person of the caller's regions."""
    found = recorded.get(call.data["person_id"], scope=scope_filter(call.actor, *OFFICIALS))
    return {**_with_accounts([found], residents)[0], "birth_year": found.birth_year}


def in_scope(recorded: RecordedStore, residents: Residents, call: Call) -> dict:
    """List the regions' recorded people in a state, with those residents who may be the same."""
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"]}
    found = page(recorded.documents, where, call.data, ("recorded_at", 1), recorded.from_document)
    return {**found, "items": _with_accounts(found["items"], residents)}


def _with_accounts(found: list[RecordedPerson], residents: Residents) -> list[dict]:
    """Add who has registered since in the same village under the same number, looked up at once."""
    numbers = [one.id_number_hash for one in found if one.id_number_hash]
    known: dict[tuple[str | None, str], str] = {
        (r.id_number_hash, r.region): r.id for r in residents.certified_by_number(numbers)
    }
    return [
        {
            **{name: getattr(one, name) for name in LISTED},
            "registered_as": known.get((one.id_number_hash, one.region)),
        }
        for one in found
    ]
