"""Counters of attempts in MongoDB: each attempt counts as failed before the password is looked at, and is taken back after.

    {_id: keyed hash of the counter's names, failures, until: no attempt before, forget_at}

So a hundred attempts at once are counted as a hundred. Neither account nor address can be read from a counter, and it
disappears when its time is over.
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.chassis.secrets import keyed_hash
from services.chassis.settings import Settings
from services.identity.sessions.rules import REMEMBERED, Limit, too_many_attempts

NEVER = datetime.fromtimestamp(0, UTC)
INDEXES = (IndexModel([("forget_at", ASCENDING)], name="forget", expireAfterSeconds=0),)


class Counted(NamedTuple):
    """One attempt in one counter."""

    id: str
    until: datetime


class Attempts:
    """The counters' collection."""

    def __init__(self, database: Database, key: bytes):
        self.documents = database["sign_in_attempts"]
        self._key = key

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "Attempts":
        """Make it from the settings."""
        return cls(database, settings.required("identity_hash_key").identity_hash_key)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes(list(INDEXES))

    def begin(self, counters: list[tuple[tuple[str, ...], Limit]], now: datetime) -> list[Counted]:
        """Count an attempt as failed in every counter; raises TooMany where one of them asks to wait."""
        begun: list[Counted] = []
        for names, limit in counters:
            id = keyed_hash(self._key, "attempts", *names)
            found = self._count(id, limit, now)
            if not found["let"]:
                self.succeeded(begun, now)
                raise too_many_attempts(found["until"] - now)
            begun.append(Counted(id, found["until"]))
        return begun

    def succeeded(self, begun: list[Counted], now: datetime) -> None:
        """Take an attempt back: it was no failure. A pause that another attempt has set meanwhile stays."""
        for one in begun:
            until = {"$cond": [{"$eq": ["$until", one.until]}, now, "$until"]}
            failures = {"$max": [0, {"$subtract": ["$failures", 1]}]}
            self.documents.update_one({"_id": one.id}, [{"$set": {"failures": failures, "until": until}}])

    def _count(self, id: str, limit: Limit, now: datetime) -> dict:
        """Let the server decide in one write, so that attempts at once do not pass each other."""
        pauses = [int(pause / timedelta(milliseconds=1)) for pause in limit.pauses()]
        old = {"$lte": [{"$ifNull": ["$forget_at", NEVER]}, now]}
        before = {"$cond": [old, 0, "$failures"]}
        place = {"$min": ["$failures", len(pauses)]}
        pause = {"$arrayElemAt": [pauses, {"$subtract": [place, 1]}]}
        stages = [
            {"$set": {"let": {"$lte": [{"$ifNull": ["$until", NEVER]}, now]}}},
            {"$set": {"forget_at": {"$cond": [old, now + REMEMBERED, "$forget_at"]}, "failures": before}},
            {"$set": {"failures": {"$add": ["$failures", {"$cond": ["$let", 1, 0]}]}}},
            {"$set": {"until": {"$cond": ["$let", {"$add": [now, pause]}, "$until"]}}},
            {"$set": {"forget_at": {"$max": ["$forget_at", "$until"]}}},
        ]
        return self.documents.find_one_and_update(
            {"_id": id}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )
