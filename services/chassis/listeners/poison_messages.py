"""The event that kills its process: found by running what was delivered before alone, with a note of each
try.

The broker counts a delivery for every message that was in hand when the process died, the innocent ones too.
So a message that comes again runs alone, and its tries are noted first: only the killer's note grows.

    {_id: "<queue>|<event id>", tries, by, at}      `by` is the process: one that is alive has killed nobody
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from pymongo import IndexModel, ReturnDocument
from pymongo.database import Database

POISON_MESSAGES = "suspects"
TRIES = 3
"""Times that a process may die over one event running alone, before the event is given up."""

INDEXES = (IndexModel("at", name="forgotten", expireAfterSeconds=int(timedelta(days=30).total_seconds())),)


class PoisonMessages:
    """The tries of one queue's events that were delivered before."""

    def __init__(self, database: Database, queue: str):
        self.documents = database[POISON_MESSAGES]
        self.queue = queue
        self.me = uuid.uuid4().hex

    @contextmanager
    def watched(self, event_id: str) -> Iterator[int]:
        """Note a try for the time of the block; gives the number of earlier tries that never ended."""
        id = f"{self.queue}|{event_id}"
        mine = {"$eq": ["$by", self.me]}
        tries = {"$cond": [mine, "$tries", {"$add": [{"$ifNull": ["$tries", 0]}, 1]}]}
        change = [{"$set": {"tries": tries, "by": self.me, "at": datetime.now(UTC)}}]
        noted = self.documents.find_one_and_update(
            {"_id": id}, change, upsert=True, return_document=ReturnDocument.AFTER
        )
        try:
            yield noted["tries"] - 1 if noted else 0
        finally:
            # also where it failed in an orderly way: the process is alive
            self.documents.delete_one({"_id": id})
