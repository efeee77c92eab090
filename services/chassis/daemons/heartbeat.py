"""The last sign of life of a process that works in turns, in its service's database: {_id: who, at}; health and alarms read it."""

import time

from pymongo.database import Database

from services.chassis.core.calls import utc_now

HEARTBEATS = "heartbeats"
RELAY = "relay"
"""Under this name the relay writes its own, with what waits."""

SECONDS = 5.0
"""Between two beats: a write each turn would cost more than it tells."""


class Heartbeat:
    """Of several processes of one kind any one's beat counts: together they are silent when all of them are."""

    def __init__(self, database: Database, who: str):
        self.documents, self.who = database[HEARTBEATS], who
        self._next = 0.0

    def beat(self) -> None:
        """Write it where it is time; raises PyMongoError."""
        if time.monotonic() >= self._next:
            self.documents.update_one({"_id": self.who}, {"$set": {"at": utc_now()}}, upsert=True)
            self._next = time.monotonic() + SECONDS
