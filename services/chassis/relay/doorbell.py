"""The doorbell: a change stream that says in which collection something became pending."""

import logging
import threading

from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.archive import EVENTS

log = logging.getLogger("services.chassis.relay")

RINGS = [
    {
        "$match": {
            # named first: the server then passes over all that the relay itself archives
            "ns.coll": {"$ne": EVENTS},
            "operationType": {"$in": ["insert", "update", "replace"]},
            "$or": [
                {"fullDocument.pending_since": {"$exists": True}},
                {"updateDescription.updatedFields.pending_since": {"$exists": True}},
            ],
        }
    },
    {"$project": {"ns": 1}},
]


class Doorbell:
    """Rings for the relay; what it misses while it is broken, the sweep finds."""

    def __init__(self, database: Database):
        self.database = database
        self.changed = threading.Condition()
        self.rung: set[str] = set()
        self.everything = True
        self.stopping = False

    def wait(self, seconds: float) -> tuple[set[str], bool]:
        """Wait for a ring, at most so long; gives the collections, and whether to look everywhere."""
        with self.changed:
            self.changed.wait_for(lambda: self.rung or self.everything or self.stopping, max(0.0, seconds))
            collections, everywhere = self.rung, self.everything
            self.rung, self.everything = set(), False
            return collections, everywhere

    def ring(self, collection: str | None = None) -> None:
        """Wake the relay for one collection, or for everything."""
        with self.changed:
            if collection is None:
                self.everything = True
            else:
                self.rung.add(collection)
            self.changed.notify_all()

    def stop(self) -> None:
        """Wake the relay for the last time."""
        with self.changed:
            self.stopping = True
            self.changed.notify_all()

    def listen(self) -> None:
        """Follow the change stream until `stop`; the body of a thread of its own."""
        spoke = False
        while not self.stopping:
            try:
                with self.database.watch(RINGS, max_await_time_ms=500) as stream:
                    spoke = False
                    self.ring()
                    while stream.alive and not self.stopping:
                        change = stream.try_next()
                        if change:
                            self.ring(change["ns"]["coll"])
            except PyMongoError as error:
                if not spoke:
                    seen = {"failure": type(error).__name__}
                    log.warning("the doorbell is broken, sweeping only", extra=seen)
                spoke = True
                with self.changed:
                    self.changed.wait_for(lambda: self.stopping, 1.0)
