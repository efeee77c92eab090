"""What is read together with a session, by the kind of its person: stages of one aggregation, each joined by an index.

Every write asks for its session, so that this is one command to the database and no row of it; the joined documents are small,
and leave out what is only for their own saving.
"""

from datetime import datetime

from services.chassis.storage.paging import UNREAD as UNREAD_NAMES
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents.store import ResidentStore
from services.identity.subscribers.departments.store import DepartmentStore

UNREAD = dict.fromkeys((*UNREAD_NAMES, "pending_since"), 0)
JOINS = ("official", "absences", "absent", "resident", "department")
"""The fields under which the joined documents stand beside those of the session."""


def official(now: datetime) -> list[dict]:
    """Join the official, the absences that are not over of either side, and the officials whom these concern."""
    living = {"$match": {"living": True, "ends_at": {"$gt": now}}}
    return [
        _join(OfficialStore.collection, "person", "_id", "official"),
        _join(AbsenceStore.collection, "person", "official_id", "absences", living),
        _join(AbsenceStore.collection, "person", "stand_in_id", "standing_in", living),
        _join(OfficialStore.collection, "standing_in.official_id", "_id", "absent"),
        {"$set": {"absences": {"$concatArrays": ["$absences", "$standing_in"]}}},
        {"$unset": "standing_in"},
    ]


def resident(now: datetime) -> list[dict]:
    """Join the resident."""
    return [_join(ResidentStore.collection, "person", "_id", "resident")]


def department(now: datetime) -> list[dict]:
    """Join the department."""
    return [_join(DepartmentStore.collection, "person", "_id", "department")]


BY_KIND = {"official": official, "entrant": official, "resident": resident, "department": department}
"""By the kind that a token says; a visitor's session has no person beside it."""


def _join(collection: str, local: str, foreign: str, name: str, *stages: dict) -> dict:
    pipeline = [*stages, {"$project": UNREAD}]
    joined = {"localField": local, "foreignField": foreign, "pipeline": pipeline, "as": name}
    return {"$lookup": {"from": collection, **joined}}
