"""The masked names of other people, as a copy of one's own data shows them."""

from pymongo.database import Database

from services.chassis.storage.store import HOUSEKEEPING
from services.identity.people.residents.store import ResidentStore


def masked_names(database: Database, ids: list[str]) -> dict[str, str]:
    """Read the masked names of the residents among these ids."""
    residents = ResidentStore(database)
    found = residents.documents.find({"_id": {"$in": ids}}, {**HOUSEKEEPING, "requests": 0}) if ids else ()
    return {one["_id"]: residents.from_document(one).masked_name for one in found}
