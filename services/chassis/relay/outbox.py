"""The relay's work list: documents with pending events, read in bulk and cleared exactly of what was sent."""

import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

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


class Outboxes:
    """The outboxes of one service's database."""

    def __init__(self, database: Database):
        self.database = database
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
        found = self.database[collection].find({"pending_since": {"$lte": now}}, wanted, batch_size=500)
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
        # a clear that is rolled back is only published again: it need not wait for a majority
        stored = self.database[collection].with_options(write_concern=WriteConcern(1))
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

    def backlog(self) -> tuple[int, Any]:
        """Give the number of documents with something to publish by now, and since when the oldest waits."""
        count, oldest = 0, None
        waits = {"pending_since": {"$lte": utc_now()}}
        for name in self.collections:
            collection = self.database[name]
            count += collection.count_documents(waits, limit=100_000, hint="pending")
            first = collection.find_one(waits, {"pending_since": 1}, sort=[("pending_since", 1)])
            if first and (oldest is None or first["pending_since"] < oldest):
                oldest = first["pending_since"]
        return count, oldest


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
