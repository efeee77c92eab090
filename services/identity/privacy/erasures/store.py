"""Requests to be erased as documents: one open request of one resident."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.store import RegionalStore
from services.identity.privacy.erasures.model import OPEN, Erasure


class ErasureStore(RegionalStore[Erasure]):
    """The requests' collection; `open` and `due` are computed at each save."""

    service = "identity"
    collection = "erasures"
    becomes = Follows(person="resident_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "注销申请",
                "resident_id",
                "asked_at",
                {"id": "编号", "asked_at": "申请时间", "due_at": "可取消至", "state": "状态", "ended_at": "结束时间"},
            ),
        ),
        erased="stays: ids only",
        erase=KeptByLaw("that and when it was erased has to be proved"),
        stays=("resident_id", "entries"),
    )  # fmt: skip
    aggregate = Erasure
    noun = "erasure"
    missing = "没有找到这份注销申请，请核对编号。"
    indexes = (
        IndexModel(
            [("resident_id", ASCENDING)],
            name="one_open_request",
            unique=True,
            partialFilterExpression={"open": True},
        ),
        IndexModel(
            [("resident_id", ASCENDING), ("asked_at", DESCENDING), ("_id", DESCENDING)], name="of_a_resident"
        ),
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that there is a request already."""
        return Conflict("erasure.asked_already", "您已经申请过注销，请等待办理，或先取消。")

    def to_document(self, aggregate: Erasure) -> dict:
        """Add what index and clock look for."""
        due = aggregate.due_at if aggregate.state == "waiting" else None
        return {**super().to_document(aggregate), "open": aggregate.state in OPEN, "due": due}

    def due(self, now: datetime, most: int) -> list[str]:
        """The ids of requests that begin now, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]
