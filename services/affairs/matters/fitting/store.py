"""Kept answers as documents: one of a person; MongoDB forgets them when their time is over."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.affairs.matters.fitting.model import KeptFittingAnswers
from services.chassis.core.errors import Conflict
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore


class FittingAnswerStore(RegionalStore[KeptFittingAnswers]):
    """The kept answers' collection."""

    service = "affairs"
    collection = "fitting_answers"
    aggregate = KeptFittingAnswers
    noun = "fitting_answers"
    missing = "您没有保存过回答，或者已经过期删除，请重新回答。"
    personal = ("age_band", "born_on", "home", "hardship")
    becomes = Follows(person="_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "找适合我的事项时保存的回答",
                "_id",
                None,
                {
                    "age_band": "年龄段", "born_on": "出生日期", "home": "家里和平时的情况", "hardship": "证件和难处",
                    "saved_at": "保存时间", "ends_at": "保存到", "region": "所在村区划代码",
                },
            ),
        ),
        erased="deleted",
        erase=forgotten,
    )  # fmt: skip
    indexes = (IndexModel([("ends_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),)

    def conflict(self, index: str) -> Conflict:
        """Say that another device was first."""
        return Conflict("fitting_answers.saved_meanwhile", "刚才在别处也保存了，请再试一次。")

    def of(self, person: str, now: datetime) -> KeptFittingAnswers | None:
        """Find what a person keeps, None where there is nothing: what has ended may still be waiting for its deletion."""
        found = self.documents.find_one(
            {"_id": person, "ends_at": {"$gt": now}}, {"outbox": 0, "requests": 0}
        )
        return self.from_document(found) if found else None

    def forget(self, person: str) -> None:
        """Delete what a person keeps, where there is anything."""
        self.documents.delete_one({"_id": person})
