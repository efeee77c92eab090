"""Tells a process at once that something entered the feed."""

import threading
from contextlib import suppress

from pymongo.errors import PyMongoError

from services.identity.feed.store import Feed

AGAIN_SECONDS = 1.0


def ring(bell: threading.Event, feed: Feed, stopping: threading.Event) -> None:
    """Ring the bell for every event until told to stop; a sweep must make up for what this misses."""
    inserts = [{"$match": {"operationType": "insert"}}, {"$project": {"_id": 1}}]
    while not stopping.is_set():
        with suppress(PyMongoError), feed.documents.watch(inserts, max_await_time_ms=500) as changes:
            while not stopping.is_set():
                if changes.try_next() is not None:
                    bell.set()
        stopping.wait(AGAIN_SECONDS)
