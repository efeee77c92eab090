"""Documents with an embedded outbox: one conditional write holds the new state, its events and the key's answer.

    {_id, version, region, regions, ...state, outbox: [event], pending_since, requests: [{key, fingerprint, answer}]}

A save is one update of `_id` + expected `version`: either state, events and answer are all there or none is. The relay
finds documents by `pending_since` (partial index), publishes their outbox in order and clears it. Where a store holds its events
back (`held_back`), `pending_since` is the time from which the first may go.

What a store names `personal` is in `sealed`, encrypted, as are answers that tell of it (document_encryption.py); what is kept
under a key is in idempotency.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import BulkWriteError, ConnectionFailure, DuplicateKeyError, PyMongoError, WTimeoutError

from services.chassis.core.calls import Call
from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.chassis.core.scope import path_of
from services.chassis.events.outbox import (
    HELD_UNTIL,
    ComputedEvent,
    EventPlace,
    NewEvent,
    computed_entry,
    entries,
    pending_since,
)
from services.chassis.storage.database import ServiceDatabase, wake_up
from services.chassis.storage.document_encryption import DocumentEncryption, plain
from services.chassis.storage.encrypted_fields import names_of
from services.chassis.storage.idempotency import KeptRequests, forget_answers, only_the_one, pushing

DUPLICATE = 11000
HOUSEKEEPING = {"outbox": 0, "pending_since": 0}
PENDING = IndexModel(
    [("pending_since", ASCENDING)],
    name="pending",
    partialFilterExpression={"pending_since": {"$exists": True}},
)


class Aggregate(Protocol):
    """What the collection of a store holds; `region` is a division's code."""

    id: str
    version: int
    region: str


T = TypeVar("T", bound=Aggregate)


class Store(Generic[T]):
    """Load and save aggregates of one collection; a capability's store subclasses it.

    `aggregate` is a dataclass with `id`, `version` and `region`; its other fields are stored under their names.
    `personal` names the fields that tell of a person: they are kept in one encrypted value, which lists do not load and no
    index sees. `shown` names properties, masked, that are kept plain beside it, for the lists.
    `noun` begins the codes of its errors; `missing` tells the person that there is no such thing.
    """

    service: ClassVar[str]
    collection: ClassVar[str]
    aggregate: type
    noun: ClassVar[str]
    missing: ClassVar[str] = "没有找到，请核对编号。"
    personal: ClassVar[tuple[str, ...]] = ()
    shown: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[tuple[IndexModel, ...]] = ()
    has_deadlines: ClassVar[bool] = False
    """Whether somebody has to decide here within a time; then `late` says what is later than that."""

    def __init__(self, database: Database):
        self.database = database
        self.documents = database[self.collection]
        self.vault = cast(ServiceDatabase, database).vault  # a plain database has none, and nothing personal
        self._encryption = DocumentEncryption(self.vault, self.aggregate, self.personal, self.shown)
        self._kept = KeptRequests(self.keep_answer, self.recall_answer)

    def get(self, id: str, call: Call | None = None, scope: dict | None = None) -> T:
        """Load one aggregate; raises NotFound also where it lies outside `scope`.

        With a writing `call` whose key was answered before: raises AlreadyAnswered with that answer.
        """
        projection = {**HOUSEKEEPING, "requests": only_the_one(call)}
        found = self.documents.find_one({"$and": [{"_id": id}, scope or {}]}, projection)
        if found is None:
            raise self.not_found()
        if call:
            self._kept.stop_at_repeat(found, call)
        return self.from_document(found)

    def get_to_edit(self, id: str, call: Call, scope: dict | None = None) -> T:
        """Load one that several people change (`Edit`); raises Conflict where the caller has seen another version than the present one."""
        found = self.get(id, call, scope)
        if call.data.get("seen_version", found.version) != found.version:
            raise Conflict(
                f"{self.noun}.changed_since_seen",
                "您打开之后有人改动过，请刷新核对后再提交。",
                version=found.version,
            )
        return found

    def add(self, aggregate: T, events: list[NewEvent], call: Call) -> None:
        """Insert a new aggregate with its events under the call's key.

        Raises AlreadyAnswered for a repeat of the same key, Conflict where a unique index says it exists.
        """
        document = self._new_document(aggregate, events, call)
        try:
            self.documents.insert_one(document)
        except DuplicateKeyError as error:
            self._explain(error, aggregate.id, call)
        self._written(aggregate, document, document["outbox"])

    def add_together(self, new: list[tuple[T, Call]]) -> list[T]:
        """Insert new aggregates that tell no events in one write; gives those that were: of the others `add` says why not."""
        documents = [self._new_document(one, [], call) for one, call in new]
        refused: set[int] = set()
        try:
            if documents:
                self.documents.insert_many(documents, ordered=False)
        except BulkWriteError as error:
            if late := error.details.get("writeConcernErrors"):
                raise WTimeoutError(late[0].get("errmsg", ""), late[0].get("code"), late[0]) from None
            errors = error.details.get("writeErrors") or []
            if {one["code"] for one in errors} != {DUPLICATE}:
                raise
            refused = {one["index"] for one in errors}
        written = [at for at in range(len(new)) if at not in refused]
        for at in written:
            self._written(new[at][0], documents[at], [])
        return [new[at][0] for at in written]

    def _new_document(self, aggregate: T, events: list[NewEvent], call: Call) -> dict:
        document = self.to_document(aggregate)
        document["version"] = max(1, len(events))
        document["outbox"] = self._entries(aggregate, events, 0, call)
        if document["outbox"]:
            document["pending_since"] = pending_since(document["outbox"], call.now)
        document["requests"] = self._kept.of(aggregate, document["version"], call)
        return document

    def save(self, aggregate: T, events: list[NewEvent], call: Call, only_if: dict | None = None) -> None:
        """Write the changed aggregate, its events and its answer at once, if nobody changed it meanwhile.

        `only_if` adds conditions to the write. Raises VersionConflict where the write did not match.
        """
        document = self.to_document(aggregate)
        id, expected = document.pop("_id"), document["version"]
        document["version"] = expected + max(1, len(events))
        outbox = self._entries(aggregate, events, expected, call)
        pushed = {"outbox": {"$each": outbox}} if outbox else {}
        if kept := self._kept.of(aggregate, document["version"], call):
            pushed["requests"] = pushing(kept)
        change = {
            "$set": document,
            "$unset": self._encryption.gone_from(document),
            "$push": pushed,
            "$min": {"pending_since": pending_since(outbox, call.now)} if outbox else {},
        }
        try:
            done = self.documents.update_one(
                {"_id": id, "version": expected, **(only_if or {})}, _without_empty(change)
            )
        except DuplicateKeyError as error:
            self._explain(error, None, call)
        if done.matched_count == 0:
            raise VersionConflict(f"{self.noun}.changed_meanwhile", "刚才有人改动了它，请刷新后再试。")
        self._written(aggregate, document, outbox)

    def apply(
        self, id: str, only_if: dict, change: dict, call: Call, event: ComputedEvent | None = None
    ) -> bool:
        """Let the server compute a change where the conditions hold; False where they do not.

        For what is scarce: nobody has to try again because somebody else was faster. `change` gives fields as
        aggregation expressions over the document before the write, the event's computed fields are over the one after
        it. No answer is kept under the call's key: `only_if` must tell a repeat. Fields that a store's `to_document`
        adds are not computed anew.
        """
        stages: list[dict] = [{"$set": {**change, "version": {"$add": ["$version", 1]}}}]
        if event:
            entry = computed_entry(self.service, self.noun, event, call)
            outbox = {"$concatArrays": [{"$ifNull": ["$outbox", []]}, [entry]]}
            since = {"$min": ["$pending_since", call.now]}
            stages.append({"$set": {"outbox": outbox, "pending_since": since}})
        try:
            done = self.documents.update_one({**only_if, "_id": id}, stages)
        except DuplicateKeyError as error:
            self._explain(error, None, call)
        if event and done.matched_count:
            wake_up(self.database, self.collection)
        return done.matched_count == 1

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Do what follows in one transaction; raises VersionConflict where another one was faster.

        For the few decisions that rest on two aggregates and are seldom: a transaction costs twice a plain write.
        """
        try:
            with (
                self.database.client.start_session() as session,
                session.start_transaction(),
                session.bind(end_session=False),
            ):
                yield
            wake_up(self.database, self.collection)
        except PyMongoError as error:
            transient = error.has_error_label("TransientTransactionError")
            if not transient or isinstance(error, ConnectionFailure):
                raise
            raise VersionConflict(
                f"{self.noun}.decided_meanwhile", "刚才有人先作了决定，请刷新后再试。"
            ) from None

    def not_found(self) -> NotFound:
        """Give the error for what is not there, or not for the caller."""
        return NotFound(f"{self.noun}.not_found", self.missing)

    def late(self, now: datetime) -> list[dict]:
        """Give the filters of what is undecided past its deadline; each has an index of its own."""
        return []

    def conflict(self, index: str) -> Conflict:
        """Give the error for a broken unique index; a store with unique indexes names each of them."""
        return Conflict(f"{self.noun}.exists_already", "已经有了，请勿重复提交。", index=index)

    def to_document(self, aggregate: T) -> dict:
        """Give the aggregate as a MongoDB document; what it holds encrypted is left out where nobody changed it."""
        named = names_of(aggregate.__class__)
        document = {name: plain(getattr(aggregate, name)) for name in named if name not in self.personal}
        document["_id"] = document.pop("id")
        document["regions"] = path_of(document["region"])
        return {**document, **self._encryption.fields_of(aggregate)}

    def from_document(self, document: dict) -> T:
        """Rebuild the aggregate from its document; what is encrypted is decrypted when somebody asks for it."""
        return self._encryption.aggregate_of(document)

    def keep_answer(self, answer: Any, aggregate: T | None = None) -> Any:
        """Give an answer as it is kept under its key: encrypted where personal fields may stand in it."""
        return self._encryption.keep_answer(answer, aggregate)

    def recall_answer(self, kept: Any) -> Any:
        """Give the answer that was kept."""
        return self._encryption.recall_answer(kept)

    def forget_answers(self, where: dict) -> None:
        """Forget what was answered under the keys of these documents, which may tell of who has left them or is erased.

        Call it between loading and saving a document: who is answered meanwhile makes the save fail.
        """
        forget_answers(self.documents, where)

    def forget_request(self, id: str, call: Call) -> None:
        """Forget that a call was answered: it is refused after all, and so will its repeat be."""
        self.documents.update_one({"_id": id}, {"$pull": {"requests": {"key": call.key}}})

    def create_indexes(self) -> None:
        """Create the collection's declared indexes; existing ones are left as they are."""
        self.documents.create_indexes([PENDING, *self.indexes, *self.more_indexes()])

    def more_indexes(self) -> list[IndexModel]:
        """Name further indexes that a kind of store needs beside those that it declares."""
        return []

    def _written(self, aggregate: T, document: dict, outbox: list[dict]) -> None:
        self._encryption.hold(aggregate, document)
        aggregate.version = document["version"]
        # of what is held back a wake-up would tell the moment, and wake for nothing
        if outbox and HELD_UNTIL not in outbox[0]:
            wake_up(self.database, self.collection)

    def _entries(self, aggregate: T, events: list[NewEvent], after: int, call: Call) -> list[dict]:
        place = EventPlace(aggregate.region, getattr(aggregate, "edition", ""))
        return entries(self.service, self.noun, events, call, aggregate.id, place, after)

    def _explain(self, error: DuplicateKeyError, id: str | None, call: Call) -> None:
        """Tell a repeated key from a broken unique index, and raise the one that it is."""
        if id is not None and call.key:
            found = self.documents.find_one({"_id": id}, {"requests": only_the_one(call)})
            if found:
                self._kept.stop_at_repeat(found, call)
        key = next(iter((error.details or {}).get("keyPattern", {"_id": 1})))
        raise self.conflict(key) from None


def _without_empty(change: dict) -> dict:
    """Leave out the operators that change nothing, which the server refuses."""
    return {operator: what for operator, what in change.items() if what}
