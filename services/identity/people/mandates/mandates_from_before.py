"""Mandates of 0.1.0 stayed with the village from which the ward had moved, and lived on when an entry of either side had ended."""

from pymongo.collection import Collection

from services.chassis.storage.database import ServiceDatabase
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.identity.people.mandates import parties
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.ports import Residents
from services.identity.people.mandates.store import MandateStore

NOT_FOLLOWED = {"followed": {"$exists": False}}


def follow(source: Collection, rows: list[dict], database: ServiceDatabase, residents: Residents) -> None:
    """Let each go where its ward is now, and end or go on with the entries of the two; marked, so that each is looked at once."""
    mandates, call = MandateStore(database), Call({}, SYSTEM)
    for ward in {row["ward_id"] for row in rows}:
        parties.follow_ward(mandates, residents, ward)
    for person in {row[side] for row in rows if row["open"] for side in ("ward_id", "helper_id")}:
        entry = residents.get(person)
        if entry.merged_into:
            parties.carry_over(mandates, residents, MandateLimits(), person, call)
        elif not entry.is_living:
            parties.end_all_of(mandates, person, call)
    source.update_many({"_id": {"$in": [row["_id"] for row in rows]}}, {"$set": {"followed": True}})
