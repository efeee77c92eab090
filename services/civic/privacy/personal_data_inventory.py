"""What a service holds of a person, said once for each collection: a copy for that person shows it, an erasure answers for it.

    Holding(ApplicationStore, "办事申请", "applicant_id", "submitted_at", {"matter_name": "事项", ...}, "emptied; decisions stay")

A test asks that every collection of a service is either such a holding or named with the reason why it is none.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pymongo.database import Database

MOST = 1000
"""Rows of one collection that a copy shows, the newest: nobody reads more, and a document ends at 16 MB."""


@dataclass(frozen=True)
class InventoryEntry:
    """One collection: `by` is the indexed field that names the person, `order` the field that the index goes on with, or None.

    `labels` are the fields that the person gets, in order, with their Chinese names; `row` gives them where a field alone does
    not, above all where another person is in it. `where` narrows to what an index covers; `named` gives what stands in `by` where
    it is not the id; `erased` says what an erasure does.
    """

    store: type
    title: str
    by: str
    order: str | None
    labels: dict[str, str]
    erased: str
    row: Callable[[Any, list[str], Database], dict] | None = None
    where: dict | None = None
    named: Callable[[Database, str], str] | None = None

    def section(self, database: Database, people: list[str]) -> dict:
        """Give what is held of a person, who may be known by several ids, as {section, title, labels, rows, omitted}."""
        found = self._find(database, people)
        rows = [self._row(one, people, database) for one in found[:MOST]]
        told = {"section": self.store.collection, "title": self.title, "labels": self.labels}
        return {**told, "rows": rows, "omitted": len(found) > MOST}

    def _find(self, database: Database, people: list[str]) -> list:
        store, one_of = self.store(database), {"$in": people}
        if self.named:
            # the index holds only strings, and is used only where it is said that one is looked for
            one_of = {"$in": [self.named(database, one) for one in people], "$type": "string"}
        where = {self.by: one_of, **(self.where or {})}
        found = store.documents.find(where, {"outbox": 0, "requests": 0})
        if self.order:
            found = found.sort([(self.order, -1), ("_id", -1)])
        made = getattr(store, "from_document", dict)
        return [made(document) for document in found.limit(MOST + 1)]

    def _row(self, one, people: list[str], database: Database) -> dict:
        own = self.row(one, people, database) if self.row else {}
        given = {name: own[name] if name in own else _value(one, name) for name in self.labels}
        return {name: plain(value) for name, value in given.items()}


def copy_of(holdings: tuple[InventoryEntry, ...], database: Database, people: list[str]) -> list[dict]:
    """Give everything that a service holds of a person, section by section; sections without rows are left out."""
    sections = (holding.section(database, people) for holding in holdings)
    return [section for section in sections if section["rows"]]


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
