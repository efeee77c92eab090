"""Phones of entries that ended in 0.1.0: they are free, and the entry goes on naming them, as for one that ends today."""

from pymongo.collection import Collection

NOT_LEFT = {"state": {"$in": ["deceased", "deactivated", "merged"]}, "phone_held": {"$exists": False}}


def left(source: Collection, rows: list[dict]) -> None:
    """Let these entries leave their phones."""
    where = {"_id": {"$in": [row["_id"] for row in rows]}, **NOT_LEFT}
    unheld = {"$concat": ["unheld:", "$_id"]}
    change = {"phone_key": "$phone_hash", "phone_hash": unheld, "phone_held": False}
    source.update_many(where, [{"$set": {**change, "version": {"$add": ["$version", 1]}}}])
