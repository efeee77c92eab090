"""Counters of failed attempts in MongoDB: a success writes nothing, and is given only while no counter asks to wait.

    {_id: keyed hash of the counter's names, failures, until: no attempt before, forget_at}

The counters are looked at before the password, and again when it has been looked at: of a hundred guesses at once only as
many are told anything as may fail. Who has paid with a proof of work (`proofs_of_work.py`) is let through a pause; what is wrong
then counts like everything else. Neither account nor address can be read from a counter, and it disappears when its
time is over.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.chassis.core.errors import TooMany
from services.chassis.core.secrets import keyed_hash
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.settings import CivicSettings
from services.identity.access.sessions.rules import Limit, too_many_attempts

NEVER = datetime.fromtimestamp(0, UTC)
Refuse = Callable[[timedelta], TooMany]
"""Makes the refusal of the pause that is left."""

INDEXES = (IndexModel([("forget_at", ASCENDING)], name="forget", expireAfterSeconds=0),)


class Counter(NamedTuple):
    """One counter that an attempt would count in."""

    id: str
    limit: Limit


class Attempts:
    """The counters' collection."""

    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("counters under keyed hashes")

    def __init__(self, database: Database, key: bytes):
        self.documents = database["sign_in_attempts"]
        self._key = key

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Attempts":
        """Make it from the settings."""
        return cls(database, settings.required("identity_hash_key").identity_hash_key)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes(list(INDEXES))

    def counters(self, counted: list[tuple[tuple[str, ...], Limit]]) -> list[Counter]:
        """The counters of these names, with their limits."""
        return [Counter(keyed_hash(self._key, "attempts", *names), limit) for names, limit in counted]

    def tried(
        self,
        counters: list[Counter],
        prove: Callable[[], bool],
        now: datetime,
        refuse: Refuse = too_many_attempts,
        paid: bool = False,
    ) -> bool:
        """Let something be proved, and tell whether it is right; raises what `refuse` makes of the pause that a counter asks for."""
        if not paid:
            self._may_go_on(counters, now, refuse)
        right = prove()
        if not right:
            self._failed(counters, now, refuse, paid)
        elif not paid:
            # others that were tried at the same time may have failed meanwhile
            self._may_go_on(counters, now, refuse)
        return right

    def _may_go_on(self, counters: list[Counter], now: datetime, refuse: Refuse) -> None:
        asking = {"_id": {"$in": [one.id for one in counters]}, "until": {"$gt": now}}
        pauses = [found["until"] - now for found in self.documents.find(asking, {"until": 1})]
        if pauses:
            raise refuse(max(pauses))

    def _failed(self, counters: list[Counter], now: datetime, refuse: Refuse, paid: bool) -> None:
        """Count a failure; refuse where a counter asks to wait since others at the same time have failed."""
        found = [self._count(one, now, paid) for one in counters]
        pauses = [one["until"] - now for one in found if not one["let"]]
        if pauses:
            raise refuse(max(pauses))

    def _count(self, counter: Counter, now: datetime, paid: bool) -> dict:
        """Let the server decide in one write, so that failures at once do not pass each other; in a pause only a paid one counts."""
        pauses = [int(pause / timedelta(milliseconds=1)) for pause in counter.limit.pauses()]
        forget_at = now + counter.limit.remembered
        old = {"$lte": [{"$ifNull": ["$forget_at", NEVER]}, now]}
        before = {"$cond": [old, 0, "$failures"]}
        place = {"$min": ["$failures", len(pauses)]}
        pause = {"$arrayElemAt": [pauses, {"$subtract": [place, 1]}]}
        stages: list[dict] = [
            {"$set": {"let": {"$or": [paid, {"$lte": [{"$ifNull": ["$until", NEVER]}, now]}]}}},
            {"$set": {"forget_at": {"$cond": [old, forget_at, "$forget_at"]}, "failures": before}},
            {"$set": {"failures": {"$add": ["$failures", {"$cond": ["$let", 1, 0]}]}}},
            {"$set": {"until": {"$cond": ["$let", {"$add": [now, pause]}, "$until"]}}},
            {"$set": {"forget_at": {"$max": ["$forget_at", "$until"]}}},
        ]
        return self.documents.find_one_and_update(
            {"_id": counter.id}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )  # type: ignore[return-value]  # an upsert always gives a document
