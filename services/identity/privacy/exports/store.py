"""Requests for copies as documents; the database drops them with what was gathered for them."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import VersionConflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.privacy.exports.model import Export


class ExportStore(RegionalStore[Export]):
    """The requests' collection; the unique place of a day bounds them, however many are asked for at once."""

    service = "identity"
    collection = "exports"
    aggregate = Export
    noun = "export"
    missing = "没有找到这份副本，可能已过保存期，请重新申请。"
    becomes = Stays("gone within days, and found by its person only")
    of_a_person = PersonalData(
        (
            ExportSection(
                "副本申请",
                "resident_id",
                "asked_at",
                {"id": "编号", "asked_at": "申请时间", "expires_at": "删除时间", "state": "状态"},
            ),
        ),
        erased="forgotten",
        erase=forgotten,
        stays=(),
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("resident_id", ASCENDING), ("day", ASCENDING), ("slot", ASCENDING)],
            name="a_few_a_day",
            unique=True,
        ),
        IndexModel(
            [("resident_id", ASCENDING), ("asked_at", DESCENDING), ("_id", DESCENDING)], name="of_a_resident"
        ),
        IndexModel([("next_at", ASCENDING), ("_id", ASCENDING)], name="due"),
        IndexModel([("expires_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Say that another request took the place at this moment: look for the next one."""
        return VersionConflict("export.asked_meanwhile", "正在办理，请稍后再试。")

    def taken(self, resident_id: str, day: str) -> set[int]:
        """The places of a day that are taken."""
        found = self.documents.find({"resident_id": resident_id, "day": day}, {"slot": 1})
        return {one["slot"] for one in found}

    def due(self, now: datetime, most: int) -> list[str]:
        """The ids of requests that somebody has not answered in time, longest due first."""
        found = self.documents.find({"next_at": {"$lte": now}}, {"_id": 1})
        return [one["_id"] for one in found.sort([("next_at", 1), ("_id", 1)]).limit(most)]

    def forget(self, person: str) -> None:
        """Forget that a person asked."""
        self.documents.delete_many({"resident_id": person})
