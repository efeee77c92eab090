"""What the search reads of a collection whose documents say when they were saved: `saved_at`, and which `version` they are."""

from datetime import datetime

from pymongo import ASCENDING
from pymongo.collection import Collection

from services.chassis.storage.paging import UNREAD


def saved_since(
    documents: Collection, since: datetime | None, known: dict[str, int], fields: tuple[str, ...]
) -> list[dict]:
    """Give these fields of all documents, or of those that were saved since then in a version not known yet."""
    if since is None:
        seen = documents.find({}, {"version": 1}).sort("_id", ASCENDING)
    else:
        seen = documents.find({"saved_at": {"$gte": since}}, {"version": 1})
    new = [one["_id"] for one in seen if known.get(one["_id"]) != one["version"]]
    return list(documents.find({"_id": {"$in": new}}, dict.fromkeys(fields, 1))) if new else []


def in_order(documents: Collection, ids: list[str], leave_out: tuple[str, ...]) -> list[dict]:
    """Give the documents of these ids as they are named; one that is gone is left out."""
    found = documents.find({"_id": {"$in": ids}}, dict.fromkeys((*UNREAD, *leave_out), 0))
    by_id = {one["_id"]: one for one in found}
    return [by_id[id] for id in ids if id in by_id]
