"""Drafts as documents: one of a person for a matter; MongoDB forgets them when their time is over."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.matters.applications.draft_model import ApplicationDraft, id_of
from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore


class ApplicationDraftStore(RegionalStore[ApplicationDraft]):
    """The drafts' collection."""

    service = "affairs"
    collection = "application_drafts"
    aggregate = ApplicationDraft
    noun = "application_draft"
    missing = "没有找到这份草稿，可能已经提交、删除或者过了 30 天，请到“我的申请”核对，没有的请重新填写。"
    personal = ("name", "phone", "materials", "answers")
    becomes = Follows(person="applicant_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "没有提交的申请草稿",
                "applicant_id",
                "saved_at",
                {
                    "matter_name": "事项", "name": "申请人", "phone": "联系电话", "materials": "准备的材料", "answers": "填写的内容",
                    "saved_at": "暂存时间", "ends_at": "保存到", "acted_by": "代办人编号", "region": "所在村区划代码",
                },
            ),
        ),
        erased="deleted",
        erase=forgotten,
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("applicant_id", ASCENDING), ("saved_at", DESCENDING), ("_id", DESCENDING)],
            name="of_an_applicant",
        ),
        IndexModel([("ends_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def to_document(self, aggregate: ApplicationDraft) -> dict:
        """Keep nothing of what is only told of the matter today."""
        document = super().to_document(aggregate)
        document.pop("standing", None)
        return document

    def conflict(self, index: str) -> Conflict:
        """Say that another device was first."""
        return Conflict("application_draft.saved_meanwhile", "刚才在别处也暂存了，请再试一次。")

    def of(self, person: str, matter_id: str, now: datetime, scope: dict) -> ApplicationDraft | None:
        """Find the draft of a person for a matter, None where there is none: one that has ended may still be waiting for its deletion."""
        where = {"_id": id_of(person, matter_id), "ends_at": {"$gt": now}, **scope}
        found = self.documents.find_one(where, {"outbox": 0, "requests": 0})
        return self.from_document(found) if found else None

    def discard(self, person: str, matter_id: str) -> None:
        """Delete the draft of a person for a matter, where there is one."""
        self.documents.delete_one({"_id": id_of(person, matter_id)})

    def forget(self, person: str) -> None:
        """Delete every draft of a person."""
        self.documents.delete_many({"applicant_id": person})
