"""What identity keeps elsewhere or otherwise than the version before did."""

from typing import cast

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.chassis.runtime.migrations import Migration, moved_to
from services.chassis.storage.database import ServiceDatabase
from services.chassis.storage.idempotency import WITH_AN_ANSWER, forget_answers
from services.chassis.storage.key_rotation import encrypted_anew
from services.civic.search_keys import as_saved, computed_anew
from services.identity.divisions.regions.store import RegionStore
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates import mandates_from_before
from services.identity.people.mandates.store import MandateStore
from services.identity.people.party.store import PartyMemberStore
from services.identity.people.recorded.store import RecordedStore
from services.identity.people.residents import doubles_from_before, phones_from_before
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.store import Feed


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


def encrypted(source: Collection, rows: list[dict]) -> None:
    """Encrypt what is known of party members; what somebody changes meanwhile is met by the next `declare`."""
    members = PartyMemberStore(source.database)
    source.bulk_write([encrypted_anew(members, row) for row in rows], ordered=False)


def with_whom_was_asked_for(source: Collection, rows: list[dict]) -> None:
    """Write into households about whom their heads asked, and forget the answers kept of them: they tell of who left long ago."""
    households = HouseholdStore(source.database)
    changes = [
        UpdateOne(
            {"_id": row["_id"], **WITHOUT_ASKED_IDS},
            {"$set": {"asked_ids": households.from_document(row).asked_ids}},
        )
        for row in rows
    ]
    households.forget_answers({"_id": {"$in": [row["_id"] for row in rows]}})
    source.bulk_write(changes, ordered=False)


def without_words(source: Collection, rows: list[dict]) -> None:
    """Forget what erasures of 0.1.0 left of people: why officials looked at them, and where members were who had left before."""
    looks, members = UnmaskingStore(source.database), PartyMemberStore(source.database)
    for row in rows:
        looks.forget(row["_id"])
        members.forget(row["_id"])


def without_answers(source: Collection, rows: list[dict]) -> None:
    """Forget what was answered about people whose entry was closed: it tells who they were."""
    forget_answers(source, {"_id": {"$in": [row["_id"] for row in rows]}})


def following_their_wards(source: Collection, rows: list[dict]) -> None:
    """Let mandates go where their wards are, and end with those whose entry has ended."""
    database = cast(ServiceDatabase, source.database)
    mandates_from_before.follow(source, rows, database, ResidentStore(database))


WITHOUT_ASKED_IDS = {"asked_ids": {"$exists": False}}

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
    # 0.1.0 kept what it knows of party members plain, and goes on to; beside the sealed value, which it does not touch.
    Migration(
        4,
        "what is known of party members, encrypted",
        PartyMemberStore.collection,
        {"$or": [{name: {"$ne": None}} for name in PartyMemberStore.personal]},
        encrypted,
        repeat=True,
    ),
    Migration(
        5,
        "households by whom their heads asked for",
        HouseholdStore.collection,
        WITHOUT_ASKED_IDS,
        with_whom_was_asked_for,
        repeat=True,
    ),
    Migration(6, "words about the erased", ResidentStore.collection, {"state": "erased"}, without_words),
    Migration(
        7,
        "answers about recorded people who are linked or gone",
        RecordedStore.collection,
        {"state": {"$ne": "recorded"}, "requests": {"$elemMatch": WITH_AN_ANSWER}},
        without_answers,
        repeat=True,
    ),
    # In 0.1.0 an entry that had ended kept its phone from everybody else. A rejected one of then keeps its phone until somebody proves
    # it: 0.1.0 would not let in who is found otherwise.
    Migration(
        8,
        "phones of entries that have ended",
        ResidentStore.collection,
        phones_from_before.NOT_LEFT,
        phones_from_before.left,
        repeat=True,
    ),
    # In 0.1.0 one number on two kinds of paper was two people's.
    Migration(
        9,
        "entries that seem to be one person's",
        ResidentStore.collection,
        doubles_from_before.NOT_COMPARED,
        doubles_from_before.compared,
        repeat=True,
    ),
    # In 0.1.0 no mandate followed its ward, or ended with an entry.
    Migration(
        10,
        "mandates where their wards are now",
        MandateStore.collection,
        mandates_from_before.NOT_FOLLOWED,
        following_their_wards,
        repeat=True,
    ),
)
