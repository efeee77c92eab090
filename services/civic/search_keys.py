"""Search keys that were stored by other rules are computed anew, while the version before still runs.

What that one writes has no `KEYS` among its grams and is found again by the next `declare`. Both versions find what either has
stored, but for what only the new rules know.
"""

from collections.abc import Callable
from typing import Any

from pymongo import UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database

from services.chassis.runtime.migrations import Migration
from services.chassis.storage.ngram_search import FIELDS, KEYS
from services.chassis.storage.store import Store

Keys = Callable[[Database, dict], dict]
"""Computes of a stored document what it is to be found by."""


def computed_anew(version: int, collection: str, keys: Keys) -> Migration:
    """Make the migration that computes a collection's search keys anew; killed, it goes on where it stopped.

    A document whose keys were written meanwhile is left to who wrote them. `repeat` goes with 0.3.0, beside which no version runs
    that writes keys by other rules.
    """

    def move(source: Collection, documents: list[dict]) -> None:
        unchanged = [{"_id": one["_id"], "grams": one.get("grams")} for one in documents]
        anew = [{"$set": keys(source.database, one)} for one in documents]
        source.bulk_write([UpdateOne(*one) for one in zip(unchanged, anew, strict=True)], ordered=False)

    stale = {"grams": {"$ne": KEYS}}
    return Migration(version, f"search keys of {collection}", collection, stale, move, repeat=True)


def as_saved(store: type[Store[Any]]) -> Keys:
    """Give the keys that a save by this store would write."""

    def keys(database: Database, document: dict) -> dict:
        stored = store(database)
        saved = stored.to_document(stored.from_document(document))
        return {name: saved[name] for name in FIELDS}

    return keys
