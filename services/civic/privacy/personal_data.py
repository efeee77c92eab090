"""What a store holds of a person, said once where it is kept: from it a service makes copies, names obstacles and erases.

    class OrderStore(RegionalStore):
        of_a_person = PersonalData(
            (ExportSection("买入的订单", "buyer_id", "created_at", {"title": "商品", ...}),),
            erased="recipient and tracking erased; the trade stays",
            erase=one_by_one,
            stays=("buyer_id",),
            open=Open({"state": {"$in": UNFINISHED}}, "title"),
            must_not_begin=who_is_leaving_trades_nothing,
        )

A store without such a declaration fails the architecture tests: whoever adds a capability cannot forget the person in it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

MOST = 1000
"""Rows of one section that a copy shows, the newest: nobody reads more, and a document ends at 16 MB."""

SHOWN, ERASED_AT_ONCE = 20, 100


@dataclass(frozen=True)
class ExportSection:
    """Rows of a copy: `by` is the indexed field that names the person, `order` the field that the index goes on with, or None.

    `labels` are the fields that the person gets, in order, with their Chinese names; `row` gives them where a field alone does
    not, above all where another person is in it. `where` narrows to what an index covers; `named` gives what stands in `by` where
    it is not the id.
    """

    title: str
    by: str
    order: str | None
    labels: dict[str, str]
    row: Callable[[Any, list[str], Any], dict] | None = None
    where: dict | None = None
    named: Callable[[Any, str], str] | None = None

    def of(self, store: Any, people: list[str], database: Any) -> dict:
        """Give what is held of a person, who may be known by several ids, as {section, title, labels, rows, omitted}."""
        found = self._find(store, people, database)
        rows = [self._row(one, people, database) for one in found[:MOST]]
        told = {"section": store.collection, "title": self.title, "labels": self.labels}
        return {**told, "rows": rows, "omitted": len(found) > MOST}

    def whose(self, people: list[str], database: Any) -> dict:
        """Give the filter of the documents that are these people's."""
        one_of: dict = {"$in": people}
        if self.named:
            # the index holds only strings, and is used only where it is said that one is looked for
            one_of = {"$in": [self.named(database, one) for one in people], "$type": "string"}
        return {self.by: one_of, **(self.where or {})}

    def _find(self, store: Any, people: list[str], database: Any) -> list:
        found = store.documents.find(self.whose(people, database), {"outbox": 0, "requests": 0})
        if self.order:
            found = found.sort([(self.order, -1), ("_id", -1)])
        made = getattr(store, "from_document", dict)
        return [made(document) for document in found.limit(MOST + 1)]

    def _row(self, one, people: list[str], database: Any) -> dict:
        own = self.row(one, people, database) if self.row else {}
        given = {name: own[name] if name in own else _value(one, name) for name in self.labels}
        return {name: plain(value) for name, value in given.items()}


@dataclass(frozen=True)
class Open:
    """What has to be finished before a person can be erased: the documents in `where`; their field `what` says what each is."""

    where: dict
    what: str


@dataclass(frozen=True)
class ErasedByListener:
    """The capability hears `identity.resident.erased` itself, on this queue, because it has more to do than its store."""

    queue: str


@dataclass(frozen=True)
class KeptByLaw:
    """An erasure leaves it as it is, and why (个人信息保护法 art. 47(2): what a law has kept is kept)."""

    why: str


@dataclass(frozen=True)
class PersonalData:
    """How a store answers for a person: by sections of the copy, or by `not_shown`, the reason why none is needed.

    `erased` says in words what an erasure leaves; `stays` names the fields in which afterwards an id of the person may be found,
    `words_stay` those in which also what was written may. `erase` is called as `erase(store, person, call)` by the service, and may be called again. What can be `open` says by
    `must_not_begin` which rule refuses to begin it to somebody who is leaving.
    """

    sections: tuple[ExportSection, ...] = ()
    erased: str = ""
    erase: Callable[[Any, str, Any], None] | ErasedByListener | KeptByLaw = KeptByLaw("")
    stays: tuple[str, ...] = ()
    words_stay: tuple[str, ...] = ()
    not_shown: str = ""
    open: Open | None = None
    must_not_begin: Callable[[bool], None] | None = None

    def __post_init__(self) -> None:
        if bool(self.sections) == bool(self.not_shown):
            raise ValueError("name the sections of the copy, or say in `not_shown` why there is none")
        if not self.erased or self.erase == KeptByLaw(""):
            raise ValueError("say what an erasure leaves, and how it is done or why it is not")
        if self.open and not self.must_not_begin:
            raise ValueError("what has to be finished first must not be begun by somebody who is leaving")

    @property
    def party(self) -> tuple[str, ...]:
        """Give the fields that name the person."""
        return tuple(dict.fromkeys(section.by for section in self.sections))


@dataclass(frozen=True)
class NothingOfAPerson:
    """The store holds nothing that tells of a person, and why."""

    why: str


@dataclass(frozen=True)
class OfOthers:
    """The store holds something of people who are no residents here (officials in office, contacts): no account to erase."""

    why: str


def forgotten(store: Any, person: str, call: Any) -> None:
    """Erase in one write: the store forgets what it holds."""
    store.forget(person)


def one_by_one(store: Any, person: str, call: Any) -> None:
    """Erase by the aggregate's own rule, `erase(person, now)`; a repeat goes on with those that are left."""
    while ids := store.not_erased_of(person, ERASED_AT_ONCE):
        for id in ids:
            erase_one(store, id, person, call)


def erase_one(store: Any, id: str, person: str, call: Any) -> None:
    """Erase a person from one document; the kept answers go first, because an erased one is not looked at again."""
    aggregate = store.get(id)
    store.forget_answers({"_id": id})
    store.save(aggregate, aggregate.erase(person, call.now), call.without_key())


def what_is_open(store: Any, person: str) -> dict:
    """Give what of a person has to be finished first, as {count, items: [{id, what, state}]}: how much, and the first of it."""
    declared = store.of_a_person
    where = {**of_party(declared.party, person), **declared.open.where}
    found = store.documents.find(where, {"outbox": 0, "requests": 0}).limit(SHOWN)
    first = [store.from_document(one) for one in found]
    items = [{"id": one.id, "what": getattr(one, declared.open.what), "state": one.state} for one in first]
    return {"count": store.documents.count_documents(where), "items": items}


def of_party(names: tuple[str, ...], person: str) -> dict:
    """Give the filter of what names a person in one of these fields."""
    one_of: list[dict] = [{name: person} for name in names]
    return one_of[0] if len(one_of) == 1 else {"$or": one_of}


def plain(value: Any) -> Any:
    """Give a value as JSON carries it: times in ISO 8601."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def _value(one, name: str) -> Any:
    return one.get(name) if isinstance(one, dict) else getattr(one, name)
