"""A lease: of several processes of one kind one works, and another takes over where it ends, dies or hangs.

It lies in the service's database, on whose clock alone it runs out: {_id: what, holder, until, fence}. Each new holder has a higher
fencing number, and writes its progress under it (`Fenced`): who was paused past its lease, and goes on, writes nothing over what the next
one did. Source: Kleppmann, "How to do distributed locking" (2016).
"""

import secrets
import time
from datetime import UTC, datetime

from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

LEASES = "leases"
SECONDS = 10.0
"""How long others wait for a holder that is silent; it renews the lease three times as often."""

NEVER = datetime.fromtimestamp(0, UTC)


class Fenced(Exception):
    """Somebody else works with a higher fencing number: what is in hand is the other one's."""


class Lease:
    """The lease for `what`, as this process sees it; `fence` is its number, 0 while another one holds it."""

    def __init__(self, database: Database, what: str, seconds: float = SECONDS):
        self.documents, self.what, self.seconds = database[LEASES], what, seconds
        self.holder = secrets.token_hex(8)
        self.fence = 0
        self._renew_at = 0.0

    def held(self) -> bool:
        """Take or renew it; tells whether this process works. Asks the database a few times for each lease's length only."""
        if self.fence and time.monotonic() < self._renew_at:
            return True
        asked = time.monotonic()
        try:
            found = self._take()
        except DuplicateKeyError:
            found = self._take()  # two were the first at the same moment
        self.fence = found["fence"] if found["holder"] == self.holder else 0
        self._renew_at = asked + self.seconds / 3
        return bool(self.fence)

    def doubt(self) -> None:
        """Ask the database before anything else is done."""
        self._renew_at = 0.0

    def release(self) -> None:
        """Leave it to the next one at once."""
        self.documents.update_one({"_id": self.what, "holder": self.holder}, {"$set": {"until": NEVER}})
        self.fence = 0

    def _take(self) -> dict:
        mine = {"$eq": ["$holder", self.holder]}
        free = {"$lt": [{"$ifNull": ["$until", NEVER]}, "$$NOW"]}
        takes = {"$or": [mine, free]}
        until = {"$add": ["$$NOW", int(self.seconds * 1000)]}
        number = {"$ifNull": ["$fence", 0]}
        change = {
            "holder": {"$cond": [takes, self.holder, "$holder"]},
            "until": {"$cond": [takes, until, "$until"]},
            "fence": {"$cond": [{"$and": [free, {"$not": mine}]}, {"$add": [number, 1]}, number]},
        }
        found = self.documents.find_one_and_update(
            {"_id": self.what}, [{"$set": change}], upsert=True, return_document=ReturnDocument.AFTER
        )
        return found or {"holder": "", "fence": 0}
