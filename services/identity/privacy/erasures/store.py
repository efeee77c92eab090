"""Requests to be erased as documents: one open request of one resident."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

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
        waits = aggregate.state == "waiting" and not aggregate.stands_still
        due = aggregate.due_at if waits else None
        return {**super().to_document(aggregate), "open": aggregate.state in OPEN, "due": due}

    def open_of(self, person: str) -> list[str]:
        """The ids of a person's open requests: one at most."""
        return [one["_id"] for one in self.documents.find({"resident_id": person, "open": True}, {"_id": 1})]

    def let_merge(self, *people: str) -> None:
        """Raise Conflict where an erasure of these people has begun, and let none begin at this moment. For a transaction.

        What waits is written to, so that a clock that begins it without the merged entry loses its write, and looks again.
        """
        open_of_them = {"resident_id": {"$in": list(people)}, "open": True}
        if self.documents.find_one({**open_of_them, "state": {"$ne": "waiting"}}, {"_id": 1}):
            raise Conflict("erasure.runs", "其中一个账号正在注销，不能合并，请等注销结束后刷新再看。")
        self.documents.update_many(open_of_them, {"$inc": {"version": 1}})

    def due(self, now: datetime, most: int) -> list[str]:
        """The ids of requests that begin now, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]


def finished_erasures(database: Database) -> dict:
    """Give {"erasures": [{id, entries}]}, ids only: a later backup says of an earlier one whom it would bring back."""
    found = database[ErasureStore.collection].find({"state": "finished"}, {"resident_id": 1, "entries": 1})
    told = [{"id": one["_id"], "entries": one.get("entries") or [one["resident_id"]]} for one in found]
    return {"erasures": told}
