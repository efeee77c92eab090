"""What stands in for a database while lives are made up: the stores write into it as ever, and their documents are
taken out whole.

It knows the writes of `Store.add`, `Store.save`, `Copy.learn` and the archive, and reads by id only. What it does not
know it refuses, so that a store that begins to write otherwise stops the measurement instead of falsifying it.
"""

from collections import defaultdict
from types import SimpleNamespace

from services.chassis.storage.field_encryption import Vault

CHANGES = {"$set", "$unset", "$push", "$min"}


class Nothing(list):
    """What is found where nothing is, in every order."""

    def sort(self, order) -> "Nothing":
        """Give it in this order."""
        return self

    def limit(self, most: int) -> "Nothing":
        """Give so many at most."""
        return self


class Drawer:
    """One collection: documents by id."""

    def __init__(self):
        self.kept: dict[str, dict] = {}

    def find_one(self, where: dict, projection=None, **options) -> dict | None:
        """Give the document of an id; nothing is found by other fields."""
        first = where["$and"][0] if "$and" in where else where
        return self.kept.get(first["_id"]) if "_id" in first else None

    def find(self, where: dict, projection=None) -> Nothing:
        """Find nobody else: no two made-up people have one phone."""
        if "phone_key" not in where:
            raise NotImplementedError(f"a store looks for {sorted(where)}")
        return Nothing()

    def insert_one(self, document: dict) -> None:
        """Keep a new document."""
        if document["_id"] in self.kept:
            raise ValueError(f"{document['_id']} is there already")
        self.kept[document["_id"]] = document

    def insert_many(self, documents: list[dict], ordered: bool = True) -> None:
        """Keep new documents."""
        for document in documents:
            self.insert_one(document)

    def update_one(self, where: dict, change: dict, upsert: bool = False) -> SimpleNamespace:
        """Change the document of an id, made new if need be; expects the version or the lower sequence to match."""
        if set(change) - CHANGES:
            raise NotImplementedError(f"a store writes with {sorted(set(change) - CHANGES)}")
        document = self.kept.get(where["_id"])
        if document is None:
            if not upsert:
                return SimpleNamespace(matched_count=0)
            document = self.kept[where["_id"]] = {"_id": where["_id"]}
        elif document.get("version") != where.get("version"):
            return SimpleNamespace(matched_count=0)
        document.update(change.get("$set", {}))
        for name in change.get("$unset", {}):
            document.pop(name, None)
        for name, more in change.get("$push", {}).items():
            kept = [*document.get(name, ()), *more["$each"]]
            document[name] = kept[more["$slice"] :] if "$slice" in more else kept
        for name, value in change.get("$min", {}).items():
            document[name] = min(value, document.get(name, value))
        return SimpleNamespace(matched_count=1)


class Drawers(defaultdict):
    """One service's database: drawers by collection, and the vault of the real one."""

    def __init__(self, vault: Vault):
        super().__init__(Drawer)
        self.vault = vault

    def published(self) -> list[dict]:
        """Take all events out of the outboxes, as a relay does; gives them by time."""
        taken = []
        for drawer in self.values():
            for document in drawer.kept.values():
                if document.pop("pending_since", None):
                    taken += document["outbox"]
                    document["outbox"] = []
        return sorted(taken, key=lambda entry: (entry["time"], entry["partitionkey"], entry["sequence"]))
