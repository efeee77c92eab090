"""A service's own copy of what another service tells by events, so that a read never asks across."""

from typing import ClassVar

from pymongo import IndexModel, UpdateOne
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from services.chassis.core.calls import Call
from services.chassis.events.event import Envelope
from services.chassis.storage.faults import only_duplicates


class Projection:
    """Copies of another service's aggregates, one document each, guarded by the event's sequence.

    `named_by` is the field of the events' data that names the aggregate; `known` says what of an event is kept.
    """

    collection: ClassVar[str]
    named_by: ClassVar[str] = ""
    indexes: ClassVar[tuple[IndexModel, ...]] = ()

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def learn(self, id: str, sequence: int, known: dict) -> None:
        """Keep what the event of this sequence said; an older or repeated event changes nothing."""
        older = {"_id": id, "sequence": {"$lt": sequence}}
        try:
            self.documents.update_one(older, {"$set": {**known, "sequence": sequence}}, upsert=True)
        except DuplicateKeyError:
            return  # a newer event was learned before: the upsert met its document

    def learn_many(self, told: list[tuple[str, int, dict]]) -> None:
        """Keep what many events said, as (id, sequence, known), in one write; older or repeated ones change nothing."""
        updates = [
            UpdateOne({"_id": id, "sequence": {"$lt": n}}, {"$set": {**known, "sequence": n}}, upsert=True)
            for id, n, known in told
        ]
        try:
            self.documents.bulk_write(updates, ordered=False)
        except BulkWriteError as error:
            if not only_duplicates(error):
                raise

    def known(self, event: Envelope) -> dict:
        """Give what is kept of an event; each copy that hears events says it."""
        raise NotImplementedError

    def hear(self, together: list[tuple[Envelope, Call]]) -> None:
        """Keep what events of different aggregates said: what a batch handler is given."""
        self.learn_many([(e.data[self.named_by], e.sequence, self.known(e)) for e, _ in together])

    def find(self, id: str) -> dict | None:
        """Give the copy, or None where nothing was heard of it yet."""
        return self.documents.find_one({"_id": id})

    def create_indexes(self) -> None:
        """Create the declared indexes."""
        if self.indexes:
            self.documents.create_indexes(list(self.indexes))
