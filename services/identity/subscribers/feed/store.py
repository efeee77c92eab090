"""The feed as documents: positions without gaps, each event once; the departments' cursors."""

import threading
from dataclasses import dataclass
from datetime import datetime

from bson.errors import BSONError
from pymongo import ASCENDING, DESCENDING, IndexModel, UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DocumentTooLarge, DuplicateKeyError
from pymongo.read_concern import ReadConcern

from services.chassis.core.scope import path_of
from services.chassis.daemons.lease import Fenced
from services.chassis.events.event import UNSENT, Envelope
from services.chassis.storage.database import wake_up
from services.chassis.storage.faults import only_duplicates
from services.civic.editions.code_crosswalk import CrosswalkEntry, Follows, Stays, follow
from services.civic.editions.relocation import Relocation
from services.civic.privacy.personal_data import KeptByLaw, NothingOfAPerson, PersonalData

BURST = 500
UNWRITABLE = (OverflowError, UnicodeError, BSONError, DocumentTooLarge)
"""How a document is refused before anything is sent: a number beyond 64 bits, a text that is none, more than 16 MiB."""

NEIGHBOURS = 1000
"""Events next to a time among which the first position is looked for."""


@dataclass(eq=False)
class _Waiting:
    """An event that a worker wants to see in the feed."""

    event: Envelope
    written: bool = False


class Feed(Relocation):
    """Appends events at the end, one writer at a time; who loses a race with another process writes behind it.

    {_id: position, event: {...envelope}, name, region, regions, edition}, and of what a stand-in did {acted_for, acted_by, at}

    Departments are told what is `settled`: what a majority of the members has, so that no roll-back takes it out again.

    `region` is where it belongs now, `regions` also where it did before, and `event` says what was told then. Which of it a grant
    may read: `belonging_to`.
    """

    collection = "feed"
    becomes = Follows()
    of_a_person = PersonalData(
        not_shown="the archive of events, ids and states that other sections show",
        erased="stays: ids and states",
        erase=KeptByLaw("what was told to departments is never changed; its archiving ends it"),
        stays=("event",),
    )
    counted = (
        False  # it is the history of what a rehearsal counts, and too long to be counted while somebody waits
    )
    indexes = (
        IndexModel([("event.id", ASCENDING)], name="each_event_once", unique=True),
        IndexModel([("regions", ASCENDING), ("name", ASCENDING), ("_id", ASCENDING)], name="of_a_grant"),
        IndexModel([("event.time", ASCENDING), ("_id", ASCENDING)], name="by_time"),
        IndexModel(
            [("acted_for", ASCENDING), ("acted_by", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)],
            name="of_stand_ins",
            partialFilterExpression={"acted_for": {"$gt": ""}},
        ),
    )

    def __init__(self, database: Database):
        self.database = database
        self.documents = database[self.collection]
        self.settled = self.documents.with_options(read_concern=ReadConcern("majority"))
        self._writing = threading.Lock()
        self._end = 0
        self._waiting: list[_Waiting] = []

    def follow(self, move: CrosswalkEntry) -> int:
        """Let what was told in a division follow it; where it was told it is still found."""
        return follow(self.documents, move, leaves=False)

    def append(self, event: Envelope) -> None:
        """Append one event unless it is there; returns when it is. Events that wait together are written together."""
        mine = _Waiting(event)
        self._waiting.append(mine)
        with self._writing:
            if mine.written:
                return  # the worker before wrote it with its own
            burst = self._waiting[:BURST]
            if mine not in burst:
                burst[-1] = mine
            try:
                self._write([one.event for one in burst])
            except UNWRITABLE:
                # one of them is no event that can be kept: each is written by whoever waits for it, and that one fails alone
                burst = [mine]
                self._write([event])
            finally:
                self._waiting.remove(mine)
            mine.written = True
            for one in burst:
                if one is not mine:
                    one.written = True
                    self._waiting.remove(one)

    def _write(self, events: list[Envelope]) -> None:
        """Write behind the end that was seen last, and look what is there only where the indexes say that something is."""
        left = list({event.id: event for event in events}.values())
        while left:
            first = (self._end or _last(self.documents)) + 1
            documents = [document_of(position, event) for position, event in enumerate(left, start=first)]
            try:
                self.documents.insert_many(documents, ordered=True)
                self._end = first + len(left) - 1
                wake_up(self.database, what=self.collection)
                return
            except (BulkWriteError, DuplicateKeyError) as error:
                if not only_duplicates(error):
                    raise
                self._end = 0
                left = self._not_there(left)

    def _not_there(self, events: list[Envelope]) -> list[Envelope]:
        """Leave out what is in the feed already: heard twice, or written before the race was lost."""
        found = self.documents.find({"event.id": {"$in": [one.id for one in events]}}, {"event.id": 1})
        there = {one["event"]["id"] for one in found}
        return [event for event in events if event.id not in there]

    def behind(self, position: int, most: int) -> list[dict]:
        """The rows behind a position, whoever may read them."""
        return list(self.settled.find({"_id": {"$gt": position}}).sort("_id", 1).limit(most))

    def head(self) -> int:
        """The last position that is settled, 0 where there is none."""
        return _last(self.settled)

    def position_before(self, since: datetime) -> int:
        """The position just before a time; the last one where nothing is as late."""
        later = self.settled.find({"event.time": {"$gte": since}}, {"_id": 1}).sort("event.time", 1)
        # services' events reach the feed a little out of time: the first of many, not the first one
        positions = [found["_id"] for found in later.limit(NEIGHBOURS)]
        return min(positions) - 1 if positions else self.head()

    def create_indexes(self) -> None:
        """Create the declared indexes."""
        self.documents.create_indexes(list(self.indexes))


class Cursors:
    """How far each department's stream was fed, and under which fencing number: {_id: department, position, number, fence}."""

    collection = "cursors"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("how far departments have read")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def of(self, departments: list[str]) -> dict[str, tuple[int, int]]:
        """{department: (last position fed, number of the last event fed)}; who was fed nothing yet is left out."""
        found = self.documents.find({"_id": {"$in": departments}})
        return {one["_id"]: (one["position"], one["number"]) for one in found}

    def move(self, reached: dict[str, tuple[int, int]], fence: int = 0) -> None:
        """Note how far each was fed, all in one write; raises Fenced where somebody with a higher number has fed one since."""
        moves = [
            UpdateOne(
                {"_id": id, "fence": {"$not": {"$gt": fence}}},
                {"$max": {"position": position, "number": number, "fence": fence}},
                upsert=True,
            )
            for id, (position, number) in reached.items()
        ]
        if not moves:
            return
        try:
            self.documents.bulk_write(moves, ordered=False)
        except BulkWriteError as error:
            if not only_duplicates(error):
                raise
            raise Fenced from error  # it would have been written beside the one that the other wrote


class Unsent:
    """Events that a department's stream cannot carry: {_id: department|event, department, event, position, why, at}.

    They stay in the feed, where a pull finds them.
    """

    collection = UNSENT
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("positions of events")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def keep(self, department: str, event: str, position: int, why: str, at: datetime) -> None:
        """Note one; the same again changes nothing."""
        told = {"department": department, "event": event, "position": position, "why": why, "at": at}
        self.documents.update_one({"_id": f"{department}|{event}"}, {"$setOnInsert": told}, upsert=True)

    def count(self) -> int:
        """Count them, by what the database knows without looking at each."""
        return self.documents.estimated_document_count()


def belonging_to(region: str, edition: str) -> dict:
    """Filter what belonged to a place when its code meant what it means in an edition, or was told there since.

    A grant of that edition reads the history of what had become that place by then, and not that of another one which had its
    code before; what is merged into the place by a later switch leaves its own history outside.
    """
    since = {"$gte": ["$$was.edition", edition]}
    moves = {"$filter": {"input": {"$ifNull": ["$formerly", []]}, "as": "was", "cond": since}}
    first = {"$let": {"vars": {"move": {"$first": moves}}, "in": "$$move.code"}}
    code = {"$ifNull": [first, "$region"]}
    return {"regions": region, "$expr": {"$eq": [{"$substrCP": [code, 0, len(region)]}, region]}}


def belongs_to(row: dict, region: str, edition: str) -> bool:
    """The same rule, asked of a row in hand: `belonging_to` would have found it."""
    moved = (was["code"] for was in row.get("formerly", ()) if was["edition"] >= edition)
    return region in row["regions"] and next(moved, row["region"]).startswith(region)


def _last(documents: Collection) -> int:
    last = documents.find_one({}, {"_id": 1}, sort=[("_id", -1)])
    return last["_id"] if last else 0


def document_of(position: int, event: Envelope) -> dict:
    """An event as the feed keeps it."""
    acted = {"acted_for": event.acted_for, "acted_by": event.acted_by, "at": event.time}
    return {
        **(acted if event.acted_for else {}),
        "_id": position,
        "event": event.to_document(),
        "name": event.name,
        "region": event.region,
        "regions": path_of(event.region),
        "edition": event.edition,
    }
