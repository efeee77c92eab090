"""What identity keeps elsewhere or otherwise than the version before did."""

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.chassis.runtime.migrations import Migration, moved_to
from services.civic.search_keys import as_saved, computed_anew
from services.identity.divisions.regions.store import RegionStore
from services.identity.people.residents import doubles_from_before, phones_from_before
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.feed.store import DepartmentDisclosures, Feed


def with_names(source: Collection, rows: list[dict]) -> None:
    """Write into rows of what went to departments how the department is called, and with which kind of event it went."""
    departments = source.database[DepartmentStore.collection].find(
        {"_id": {"$in": [row["department"] for row in rows]}}, {"name": 1}
    )
    events = source.database[Feed.collection].find(
        {"event.id": {"$in": [row["event"] for row in rows]}}, {"event.id": 1, "name": 1}
    )
    called = {one["_id"]: one["name"] for one in departments}
    kinds = {one["event"]["id"]: one["name"] for one in events}
    source.bulk_write(
        [
            UpdateOne(
                {"_id": row["_id"]},
                {
                    "$set": {
                        "department_name": called.get(row["department"], ""),
                        "event_name": kinds.get(row["event"], ""),
                    }
                },
            )
            for row in rows
        ],
        ordered=False,
    )


MIGRATIONS = (
    # Up to 0.1.0 the feed noted among the officials' looks what went to departments; only its rows name a department. Until the
    # last process of 0.1.0 has ended, a copy for a person lacks what the processes of the other version note. `repeat` goes with
    # 0.3.0, beside which no 0.1.0 runs.
    Migration(
        1,
        "what went to departments, out of the looks of officials",
        UnmaskingStore.collection,
        {"department": {"$exists": True}},
        moved_to(DepartmentDisclosures.collection),
        repeat=True,
    ),
    computed_anew(2, RegionStore.collection, as_saved(RegionStore)),
    # Rows of 0.1.0 name the department by its id only, which says nothing to the person.
    Migration(
        3,
        "departments by their names in what went to them",
        DepartmentDisclosures.collection,
        {"department_name": {"$exists": False}},
        with_names,
        repeat=True,
    ),
    # In 0.1.0 an entry that had ended kept its phone from everybody else. A rejected one of then keeps its phone until somebody proves
    # it: 0.1.0 would not let in who is found otherwise.
    Migration(
        4,
        "phones of entries that have ended",
        ResidentStore.collection,
        phones_from_before.NOT_LEFT,
        phones_from_before.left,
        repeat=True,
    ),
    # In 0.1.0 one number on two kinds of paper was two people's.
    Migration(
        5,
        "entries that seem to be one person's",
        ResidentStore.collection,
        doubles_from_before.NOT_COMPARED,
        doubles_from_before.compared,
        repeat=True,
    ),
)
