"""Documents with an embedded outbox: one conditional write holds the new state, its events and the key's answer.

    {_id, version, region, regions, ...state, outbox: [event], pending_since, requests: [{key, fingerprint, answer}]}

A save is one update of `_id` + expected `version`: either state, events and answer are all there or none is. The relay
finds documents by `pending_since` (partial index), publishes their outbox in order and clears it.

What a store names `personal` is in `sealed`, encrypted, as are answers that tell of it (see sealing.py and encryption.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import ClassVar, Generic, TypeVar, cast

import bson
from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, DuplicateKeyError, PyMongoError

from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound, Rejected, VersionConflict
from services.chassis.core.scope import path_of
from services.chassis.events.outbox import ComputedEvent, EventPlace, NewEvent, computed_entry, entries
from services.chassis.storage.database import ServiceDatabase, wake_up
from services.chassis.storage.encrypted_fields import (
    HELD,
    EncryptedValue,
    is_empty,
    is_untouched,
    loaded,
    names_of,
)
from services.chassis.storage.field_encryption import is_encrypted

T = TypeVar("T")
ANSWERS_KEPT = 50
"""Idempotency keys that one document remembers; older ones are forgotten first."""

HOUSEKEEPING = {"outbox": 0, "pending_since": 0}
PENDING = IndexModel(
    [("pending_since", ASCENDING)],
    name="pending",
    partialFilterExpression={"pending_since": {"$exists": True}},
)


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

    def __init__(self, database: Database):
        self.database = database
        self.documents = database[self.collection]
        self.vault = cast(ServiceDatabase, database).vault  # a plain database has none, and nothing personal

    def get(self, id: str, call: Call | None = None, scope: dict | None = None) -> T:
        """Load one aggregate; raises NotFound also where it lies outside `scope`.

        With a writing `call` whose key was answered before: raises AlreadyAnswered with that answer.
        """
        projection = dict(HOUSEKEEPING)
        projection["requests"] = {"$elemMatch": {"key": call.key}} if call and call.key else 0
        found = self.documents.find_one({"$and": [{"_id": id}, scope or {}]}, projection)
        if found is None:
            raise NotFound(f"{self.noun}.not_found", self.missing)
        if call:
            self._stop_at_repeat(found, call)
        return self.from_document(found)

    def add(self, aggregate: T, events: list[NewEvent], call: Call) -> None:
        """Insert a new aggregate with its events under the call's key.

        Raises AlreadyAnswered for a repeat of the same key, Conflict where a unique index says it exists.
        """
        document = self.to_document(aggregate)
        document["version"] = max(1, len(events))
        self._attach(document, aggregate, events, call)
        try:
            self.documents.insert_one(document)
        except DuplicateKeyError as error:
            self._explain(error, aggregate.id, call)
        self._hold(aggregate, document)
        self._ring(document["outbox"])
        aggregate.version = document["version"]

    def save(self, aggregate: T, events: list[NewEvent], call: Call, only_if: dict | None = None) -> None:
        """Write the changed aggregate, its events and its answer at once, if nobody changed it meanwhile.

        `only_if` adds conditions to the write. Raises VersionConflict where the write did not match.
        """
        document = self.to_document(aggregate)
        id, expected = document.pop("_id"), document["version"]
        document["version"] = expected + max(1, len(events))
        outbox = self._entries(aggregate, events, expected, call)
        change: dict = {"$set": document}
        if "sealed" in document:
            change["$unset"] = dict.fromkeys((name for name in self.personal if name not in document), "")
        if outbox:
            change["$push"] = {"outbox": {"$each": outbox}}
            change["$min"] = {"pending_since": call.now}
        if call.key:
            answer = self._answer(aggregate, document["version"], call)
            kept = {"$each": [answer], "$slice": -ANSWERS_KEPT}
            change.setdefault("$push", {})["requests"] = kept
        try:
            done = self.documents.update_one({"_id": id, "version": expected, **(only_if or {})}, change)
        except DuplicateKeyError as error:
            self._explain(error, None, call)
        if done.matched_count == 0:
            raise VersionConflict(f"{self.noun}.changed_meanwhile", "刚才有人改动了它，请刷新后再试。")
        self._hold(aggregate, document)
        self._ring(outbox)
        aggregate.version = document["version"]

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
        self._ring(event if done.matched_count else None)
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

    def conflict(self, index: str) -> Conflict:
        """Give the error for a broken unique index; a store with unique indexes names each of them."""
        return Conflict(f"{self.noun}.exists_already", "已经有了，请勿重复提交。", index=index)

    def to_document(self, aggregate: T) -> dict:
        """Give the aggregate as a MongoDB document; what it holds sealed is left out where nobody changed it."""
        named = names_of(type(aggregate))
        document = {name: _plain(getattr(aggregate, name)) for name in named if name not in self.personal}
        document["_id"] = document.pop("id")
        document["regions"] = path_of(document["region"])
        return {**document, **self._sealed(aggregate)} if self.personal else document

    def from_document(self, document: dict) -> T:
        """Rebuild the aggregate from its document; what is sealed is opened when somebody asks for it."""
        values = {name: document[name] for name in names_of(self.aggregate) if name in document}
        values["id"] = document["_id"]
        if not self.personal:
            return self.aggregate(**values)
        plain = [name for name in self.personal if name in values]
        empty = {name for name in plain if is_empty(values[name])}
        if len(empty) < len(plain) and not document.get("sealed"):
            return self.aggregate(**values)  # from before these fields were personal
        shown = {name: document[name] for name in self.shown if name in document}
        held = EncryptedValue(document.get("sealed"), self.vault.open, shown, empty)
        return loaded(self.aggregate, values, held, self.personal, self.shown)

    def keep_answer(self, answer, aggregate=None):
        """Give an answer as it is kept under its key: sealed where personal fields may stand in it."""
        if not self.personal or answer is None or (aggregate and is_untouched(aggregate, self.personal)):
            return answer
        return self.vault.seal({"answer": answer})

    def recall_answer(self, kept):
        """Give the answer that was kept."""
        return self.vault.open(kept)["answer"] if is_encrypted(kept) else kept

    def create_indexes(self) -> None:
        """Create the collection's declared indexes; existing ones are left as they are."""
        self.documents.create_indexes([PENDING, *self.indexes, *self.more_indexes()])

    def more_indexes(self) -> list[IndexModel]:
        """Name further indexes that a kind of store needs beside those that it declares."""
        return []

    def _attach(self, document: dict, aggregate, events, call: Call) -> None:
        outbox = self._entries(aggregate, events, 0, call)
        document["outbox"] = outbox
        if outbox:
            document["pending_since"] = call.now
        document["requests"] = [self._answer(aggregate, document["version"], call)] if call.key else []

    def _answer(self, aggregate, version: int, call: Call) -> dict:
        aggregate.version, before = version, aggregate.version
        answer = call.render(aggregate) if call.render else None
        aggregate.version = before
        return {
            "key": call.key,
            "fingerprint": call.fingerprint,
            "answer": self.keep_answer(answer, aggregate),
        }

    def _sealed(self, aggregate) -> dict:
        """Give what a document holds of the personal fields; nothing where it holds just that already."""
        if is_untouched(aggregate, self.personal):
            return {}
        values = {name: _plain(getattr(aggregate, name)) for name in self.personal}
        told = _not_empty(values)
        held = vars(aggregate).get(HELD)
        if held and held.stored == bson.encode(told):
            return {}
        sealed = self.vault.seal(told) if told else None
        kept = {name: value for name, value in values.items() if name not in told}
        return {**kept, "sealed": sealed, **{name: getattr(aggregate, name) for name in self.shown}}

    def _hold(self, aggregate, document: dict) -> None:
        """Note what is stored now, once it is: the next save of the same aggregate need not seal it again."""
        if "sealed" in document:
            held = vars(aggregate)[HELD] = EncryptedValue(document["sealed"], self.vault.open)
            values = {name: _plain(getattr(aggregate, name)) for name in self.personal}
            held.stored = bson.encode(_not_empty(values))

    def _ring(self, told) -> None:
        if told:
            wake_up(self.database, self.collection)

    def _entries(self, aggregate, events: list[NewEvent], after: int, call: Call) -> list[dict]:
        place = EventPlace(aggregate.region, getattr(aggregate, "edition", ""))
        return entries(self.service, self.noun, events, call, aggregate.id, place, after)

    def _stop_at_repeat(self, document: dict, call: Call) -> None:
        for request in document.get("requests") or ():
            if request["key"] == call.key:
                raise repeat_of({**request, "answer": self.recall_answer(request["answer"])}, call)

    def _explain(self, error: DuplicateKeyError, id: str | None, call: Call) -> None:
        """Tell a repeated key from a broken unique index, and raise the one that it is."""
        if id is not None and call.key:
            one = {"requests": {"$elemMatch": {"key": call.key}}}
            found = self.documents.find_one({"_id": id}, one)
            if found:
                self._stop_at_repeat(found, call)
        key = next(iter((error.details or {}).get("keyPattern", {"_id": 1})))
        raise self.conflict(key) from None


def repeat_of(request: dict, call: Call) -> Exception:
    """Give what a used key means: the first answer, or a refusal where it came with another request."""
    if request["fingerprint"] != call.fingerprint:
        return Rejected(
            "request.key_used_otherwise", "这个 Idempotency-Key 已用于另一个请求，请换一个新的再提交。"
        )
    return AlreadyAnswered(request["answer"])


def _not_empty(values: dict) -> dict:
    return {name: value for name, value in values.items() if not is_empty(value)}


def _plain(value):
    """Give what a document can hold; `dataclasses.asdict` copies every leaf deeply as well, which nobody can change."""
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return {f.name: _plain(getattr(value, f.name)) for f in fields(value)} if is_dataclass(value) else value
