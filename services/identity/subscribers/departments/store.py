"""Subscriptions as documents."""

from datetime import datetime, timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from services.civic.editions.code_crosswalk import CrosswalkEntry, Follows, still_there
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.subscribers.departments.model import Department, login_of
from services.identity.subscribers.departments.rules import (
    LIVING,
)


class DepartmentStore(RegionalStore[Department]):
    """The departments' collection."""

    service = "identity"
    collection = "departments"
    becomes = Follows()
    of_a_person = OfOthers("bodies, and contacts who are no residents")
    aggregate = Department
    noun = "department"
    missing = "没有找到该部门的订阅，请核对编号。"
    personal = ("contact",)
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("applied_at", DESCENDING), ("_id", DESCENDING)],
            name="of_a_region",
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("change.state", ASCENDING),
                ("applied_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="changes_of_a_region",
        ),
        IndexModel([("state", ASCENDING), ("expires_at", ASCENDING)], name="ending"),
        IndexModel(
            [("state", ASCENDING), ("end_announced", ASCENDING), ("expires_at", ASCENDING)],
            name="to_announce",
        ),
    )

    def versions(self, delivery: str, now: datetime) -> dict[str, int]:
        """{id: version} of every subscription that events are delivered to in this way now."""
        found = self.documents.find(_receiving(delivery, now), {"version": 1})
        return {one["_id"]: one["version"] for one in found}

    def some(self, ids: list[str]) -> list[Department]:
        """Those with these ids, whatever their state."""
        found = self.documents.find({"_id": {"$in": ids}}, {"outbox": 0, "requests": 0})
        return [self.from_document(one) for one in found]

    def stands(self, department: Department, now: datetime) -> bool:
        """Tell whether a subscription that was read is what it was, and gives events now."""
        where = {**_receiving(department.delivery, now), "_id": department.id, "version": department.version}
        return self.documents.find_one(where, {"_id": 1}) is not None

    def applying_for(self, move: CrosswalkEntry, most: int) -> list[str]:
        """The ids of applications that name exactly the division that moves, and that nobody has decided."""
        where = {**still_there(move), "state": "applied"}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1}).limit(most)]

    def note_use(self, department_id: str, key_id: str, now: datetime) -> None:
        """Write when a machine's key was last used; nothing else is changed, and no version counted."""
        where = {"_id": department_id, "machine_keys.id": key_id}
        self.documents.update_one(where, {"$set": {"machine_keys.$.used_at": now}})

    def knows(self, id: str) -> bool:
        """Tell whether there is such a subscription."""
        return self.documents.find_one({"_id": id}, {"_id": 1}) is not None

    def ending(self, now: datetime, within: timedelta) -> list[str]:
        """The ids of the living subscriptions that end within a time and whose departments were not told, soonest first."""
        end = {"$gt": now, "$lte": now + within}
        # subscriptions of 0.1 do not say whether it was announced
        untold = {"state": {"$in": list(LIVING)}, "end_announced": {"$in": [False, None]}}
        where = {**untold, "expires_at": end}
        found = self.documents.find(where, {"_id": 1}).sort("expires_at", 1).limit(100)
        return [one["_id"] for one in found]

    def over(self, now: datetime) -> list[str]:
        """The ids of the living subscriptions whose time is over, longest first."""
        where = {"state": {"$in": list(LIVING)}, "expires_at": {"$lte": now}}
        found = self.documents.find(where, {"_id": 1}).sort("expires_at", 1).limit(100)
        return [one["_id"] for one in found]


def _receiving(delivery: str, now: datetime) -> dict:
    return {"state": "connected", "expires_at": {"$gt": now}, "delivery": delivery}


def names_by_stream(database: Database) -> dict[str, str]:
    """The living departments' names, by the name of their streams, as operators' figures show them."""
    found = database[DepartmentStore.collection].find({"state": {"$in": list(LIVING)}}, {"name": 1})
    return {login_of(one["_id"]): one["name"] for one in found}
