"""Comparisons as documents, one for each resident."""

from datetime import UTC, datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import VersionConflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.people.matches.model import Match

NEVER = datetime.fromtimestamp(0, UTC)


class MatchStore(RegionalStore[Match]):
    """The comparisons' collection."""

    service = "identity"
    collection = "register_matches"
    becomes = Follows(person="_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "户籍核对",
                "_id",
                None,
                {"state": "状态", "asked_at": "申请时间", "source": "核对来源", "settled_at": "完成时间"},
            ),
        ),
        erased="stays: ids and times",
        erase=forgotten,
        stays=("_id",),
    )  # fmt: skip
    aggregate = Match
    noun = "match"
    missing = "还没有核对过，请先申请核对。"
    personal = ("question",)
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("asked_at", DESCENDING), ("_id", DESCENDING)],
            name="of_a_region",
        ),
        IndexModel(
            [("next_at", ASCENDING)],
            name="due_first",
            partialFilterExpression={"next_at": {"$gt": NEVER}},
        ),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Somebody asked for the same resident at this moment: run again, so that the try counts."""
        return VersionConflict("match.asked_meanwhile", "刚才有人申请了核对，请刷新后再试。")

    def due(self, now: datetime, most: int) -> list[str]:
        """Find the ids of the comparisons that somebody must look at now, longest due first."""
        where = {"next_at": {"$gt": NEVER, "$lte": now}}
        return [one["_id"] for one in self.documents.find(where, {"_id": 1}).sort("next_at", 1).limit(most)]

    def forget(self, person: str) -> None:
        """Forget what the provider is to be asked of a person; who tried when is kept, by ids."""
        nothing = {"question": None, "sealed": None, "next_at": None, "state": "unavailable"}
        waiting = {"_id": person, "next_at": {"$gt": NEVER}}
        self.documents.update_one(waiting, {"$set": nothing, "$inc": {"version": 1}})
