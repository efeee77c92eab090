"""Migrations: what a later version keeps elsewhere or otherwise is moved by `declare`, while processes of the version before still run.

MIGRATIONS = (Migration(1, "rows of two kinds apart", "things", {"kind": "b"}, moved_to("others"), repeat=True),)

A service's class names its own: `migrations = MIGRATIONS`. Nothing here may break the version before: first everything that is
new is added (queues, collections, indexes, fields that it ignores), then the migration moves, and what only the version before
needed goes away one version later. What was run is in the service's database: {_id: version, name, finished_at}.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from pymongo import UpdateOne
from pymongo.collection import Collection
from pymongo.database import Database

from services.chassis.core.calls import utc_now

MIGRATIONS = "migrations"
BATCH = 500

Move = Callable[[Collection, list[dict]], None]


@dataclass(frozen=True)
class Migration:
    """One step from one schema version to the next: `move(source, documents)` is given what
    `where` finds in `collection`, a batch at a time.

    `where` finds only what is not moved yet: thereby a killed one goes on where it stopped. `move` is repeatable: what a killed
    one had half done is given to it again, and of two `declare`s at once each may do the same.

    `repeat` runs it at every `declare`, for a source that the version before writes to: during the upgrade, and again after an
    upgrade was taken back. A migration may be deleted when nobody comes from a version before it any more, the newest never: it
    tells which schema the program knows.
    """

    version: int
    name: str
    collection: str
    where: dict
    move: Move
    repeat: bool = False


def moved_to(collection: str) -> Move:
    """Make the move of documents that nobody changes to another collection of the database: copied, then deleted.

    A kill in between loses nothing, and the same once more doubles nothing.
    """

    def move(source: Collection, documents: list[dict]) -> None:
        copies = [UpdateOne({"_id": one["_id"]}, {"$setOnInsert": one}, upsert=True) for one in documents]
        source.database[collection].bulk_write(copies, ordered=False)
        source.delete_many({"_id": {"$in": [one["_id"] for one in documents]}})

    return move


def migrate(database: Database, migrations: tuple[Migration, ...]) -> str:
    """Run in their order what was not run yet and what repeats; gives the schema version and what was moved, in words.

    A database that a later version of the program has migrated is said to be so and used as it is: an upgrade can be taken back.
    """
    run = set(database[MIGRATIONS].distinct("_id"))
    known = max((one.version for one in migrations), default=0)
    reached = max({known, *run})
    told = [f"schema {reached}"]
    if reached > known:
        told.append(f"which a later version of this program made: this one knows schema {known}")
    for migration in migrations:
        if migration.repeat or migration.version not in run:
            moved = _run(database, migration)
            told += [f"{moved} moved ({migration.name})"] if moved else []
    return ", ".join(told)


def _run(database: Database, migration: Migration) -> int:
    source, moved = database[migration.collection], 0
    found = source.find(migration.where).sort("_id", 1).batch_size(BATCH)
    while batch := list(islice(found, BATCH)):
        migration.move(source, batch)
        moved += len(batch)
    done = {"name": migration.name, "finished_at": utc_now()}
    database[MIGRATIONS].update_one({"_id": migration.version}, {"$setOnInsert": done}, upsert=True)
    return moved
