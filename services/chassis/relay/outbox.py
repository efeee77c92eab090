"""The relay's work list: documents with pending events, read in bulk and cleared exactly of what was sent."""

import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.read_concern import ReadConcern

from services.chassis.core.calls import utc_now
from services.chassis.events.outbox import HELD_UNTIL, due
from services.chassis.storage.store import PENDING

ENTRIES = 100
"""Events of one document that are taken at once; the rest follows in the next round."""

LOOK_AGAIN = 30.0
"""Seconds between two looks for collections that have an outbox."""


@dataclass
class PendingEvents:
    """One document with events to publish, oldest first; `sent` counts those that the broker has taken."""

    collection: str
    id: Any
    entries: list[dict]
    sent: int = 0
    stuck: bool = False

    @property
    def key(self) -> tuple[str, Any]:
        """Give what names the document in its database."""
        return self.collection, self.id

    @property
    def next(self) -> dict | None:
        """Give the event to publish next, or None where there is none or the one before it was not taken."""
        return None if self.stuck or self.sent == len(self.entries) else self.entries[self.sent]


class Backlog(NamedTuple):
    """The documents of a collection with something to publish, and since when the oldest waits."""

    documents: int
    oldest: datetime


def oldest(waiting: dict[str, Backlog]) -> datetime | None:
    """Since when the event waits that waits longest; None where none does."""
    return min((one.oldest for one in waiting.values()), default=None)


class Outboxes:
    """The outboxes of one service's database, as a majority of its members has them: what could still be rolled back is told to nobody.

    What is cleared is cleared at a majority too, so that the next look does not find it again.
    """

    def __init__(self, database: Database):
        self.database = database.with_options(read_concern=ReadConcern("majority"))
        self.collections: set[str] = set()
        self.looked = -LOOK_AGAIN

    def look(self) -> None:
        """Find the collections that have an outbox by their `pending` index; asks once in a while."""
        if time.monotonic() - self.looked < LOOK_AGAIN:
            return
        names = self.database.list_collection_names(filter={"type": "collection"})
        name = PENDING.document["name"]
        self.collections |= {c for c in names if name in self.database[c].index_information()}
        self.looked = time.monotonic()

    def pending(self, collection: str) -> Generator[PendingEvents, None, None]:
        """Give every document with something to publish by now, the longest waiting first."""
        # $slice alone would bring the whole document; beside a named field it brings only these two
        wanted = {"pending_since": 1, "outbox": {"$slice": ENTRIES}}
        now = utc_now()
        found = self.database[collection].find(_due_by(now), wanted, batch_size=500)
        with found.sort("pending_since", 1) as documents:
            for document in documents:
                if entries := due(document.get("outbox", []), now):
                    yield PendingEvents(collection, document["_id"], entries)

    def clear(self, sent: list[PendingEvents]) -> set[str]:
        """Take exactly the sent events out; what was pushed meanwhile stays. Gives the collections where something is left."""
        by_collection = defaultdict(list)
        for pending in sent:
            by_collection[pending.collection].append(pending)
        return {name for name, documents in by_collection.items() if not self._emptied(name, documents)}

    def _emptied(self, collection: str, documents: list[PendingEvents]) -> bool:
        """Empty the outboxes that hold nothing but sent events in one write, then see to the others, if there are any."""
        stored = self.database[collection]
        ids = list({pending.id: True for pending in documents})
        events = [entry["id"] for pending in documents for entry in pending.entries[: pending.sent]]
        only_sent = {"$not": {"$elemMatch": {"id": {"$nin": events}}}}
        empty = {"$set": {"outbox": []}, "$unset": {"pending_since": ""}}
        if stored.update_many({"_id": {"$in": ids}, "outbox": only_sent}, empty).matched_count == len(ids):
            return True
        mixed = {
            d["_id"] for d in stored.find({"_id": {"$in": ids}, "outbox.id": {"$in": events}}, {"_id": 1})
        }
        updates = [UpdateOne({"_id": p.id}, _without(p)) for p in documents if p.id in mixed]
        if updates:
            stored.bulk_write(updates, ordered=False)
        return False

    def waiting(self) -> dict[str, Backlog]:
        """Tell by collection what is to be published by now, in one question however many outboxes there are; empty ones are left out."""
        if not self.collections:
            return {}
        now = utc_now()
        first, *others = sorted(self.collections)
        union = [{"$unionWith": {"coll": name, "pipeline": _counting(name, now)}} for name in others]
        found = self.database[first].aggregate([*_counting(first, now), *union])
        return {one["_id"]: Backlog(one["documents"], one["oldest"]) for one in found}


def _counting(collection: str, now: datetime) -> list[dict]:
    """Count a collection's pending documents, by its index alone."""
    counted = {
        "_id": {"$literal": collection},
        "documents": {"$sum": 1},
        "oldest": {"$min": "$pending_since"},
    }
    return [{"$match": _due_by(now)}, {"$group": counted}]


def _due_by(now: datetime) -> dict:
    """Find documents with events that are to be published by now: some are held back until their hour is over."""
    return {"pending_since": {"$lte": now}}


def _without(pending: PendingEvents) -> list[dict]:
    sequences = [entry["sequence"] for entry in pending.entries[: pending.sent]]
    left = {"$filter": {"input": "$outbox", "cond": {"$not": {"$in": ["$$this.sequence", sequences]}}}}
    first = {
        "$let": {
            "vars": {"one": {"$first": "$outbox"}},
            "in": {"$ifNull": [f"$$one.{HELD_UNTIL}", "$$one.time"]},
        }
    }
    since = {"$cond": [{"$eq": ["$outbox", []]}, "$$REMOVE", first]}
    return [{"$set": {"outbox": left}}, {"$set": {"pending_since": since}}]
