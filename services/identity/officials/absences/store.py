"""Absences as documents; `taken`, `due` and `living` are computed at each save."""

from datetime import UTC, datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.officials.absences.model import LIVING, Absence

NEVER = datetime.fromtimestamp(0, UTC)


def _latest(name: str, *fields: str) -> IndexModel:
    order = [("begins_at", DESCENDING), ("_id", DESCENDING)]
    return IndexModel([*((field, ASCENDING) for field in fields), *order], name=name)


def _living(side: str) -> IndexModel:
    """Every token asks for them: what is over must not stand in the way."""
    only = {"living": True}
    return IndexModel(
        [(side, ASCENDING), ("ends_at", ASCENDING)], name=f"living_of_{side}", partialFilterExpression=only
    )


class AbsenceStore(RegionalStore[Absence]):
    """The absences' collection."""

    service = "identity"
    collection = "leaves"
    aggregate = Absence
    noun = "leave"
    missing = "没有找到这次请假，请核对编号。"
    becomes = Follows()
    of_a_person = OfOthers("officials, in office")
    indexes = (
        # the scarce one: somebody's day, of which two absences at once cannot both have it
        IndexModel(
            [("taken", ASCENDING)],
            name="nobody_twice_on_one_day",
            unique=True,
            partialFilterExpression={"living": True},
        ),
        IndexModel([("due", ASCENDING)], name="due", partialFilterExpression={"due": {"$gt": NEVER}}),
        _living("official_id"),
        _living("stand_in_id"),
        _latest("of_an_official", "official_id"),
        _latest("of_a_stand_in", "stand_in_id"),
        _latest("of_a_region", "regions", "state"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that one of the two is not free."""
        return Conflict("leave.day_taken", "这些日期里，请假人或代班人已在休假或代班，请改日期或另请他人。")

    def to_document(self, aggregate: Absence) -> dict:
        """The absence as a document that tells which days it takes and when the clock changes it."""
        computed = {"taken": aggregate.taken, "due": aggregate.due, "living": aggregate.state in LIVING}
        return {**super().to_document(aggregate), **computed}

    def due(self, now: datetime, most: int = 200) -> list[str]:
        """The ids of what the clock has to begin or end, longest due first."""
        found = self.documents.find({"due": {"$gt": NEVER, "$lte": now}}, {"_id": 1})
        return [one["_id"] for one in found.sort("due", 1).limit(most)]

    def living_of(self, official_id: str) -> list[str]:
        """The ids of the planned and begun absences in which somebody is absent or stands in."""
        either = [{"official_id": official_id}, {"stand_in_id": official_id}]
        return [
            one["_id"] for side in either for one in self.documents.find({**side, "living": True}, {"_id": 1})
        ]

    def coming_of(self, official_id: str, now: datetime) -> list[Absence]:
        """The absences that are not over in which somebody is absent or stands in."""
        not_over = {"ends_at": {"$gt": now}, "living": True}
        either = [{"official_id": official_id}, {"stand_in_id": official_id}]
        unread = {"outbox": 0, "requests": 0}
        found = [one for side in either for one in self.documents.find({**side, **not_over}, unread)]
        return [self.from_document(one) for one in found]

    def stand_in_of(self, official_id: str, now: datetime) -> str:
        """Who reads what is for this official now: the stand-in, or the official."""
        away = (one for one in self.coming_of(official_id, now) if one.is_away(official_id, now))
        return next((one.stand_in_id for one in away), official_id)
