"""Reviews as documents: one of one decision, whose application's id it has."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.affairs.civic.rules import who_is_leaving_applies_for_nothing
from services.affairs.matters.reviews.model import Review
from services.chassis.core.errors import Conflict
from services.chassis.storage.paging import newest_first
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.store import ClockedStore

UNSHOWN = ("formerly",)


class ReviewStore(ClockedStore[Review]):
    """The reviews' collection; `open` is computed at each save."""

    service = "affairs"
    collection = "reviews"
    aggregate = Review
    noun = "review"
    missing = "没有找到这件复核，请核对编号。"
    has_deadlines = True
    personal = ("rounds",)
    becomes = Follows(person="applicant_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "复核",
                "applicant_id",
                "asked_at",
                {
                    "id": "复核编号", "application_id": "申请编号", "matter_name": "事项", "office": "办理机构", "decision": "对什么申请复核", "decided_at": "决定时间",
                    "asked_at": "申请复核的时间", "state": "状态", "level": "由谁复核", "decide_by": "答复期限", "rounds": "复核经过", "raise_by": "申请县里复核的期限",
                    "closed_at": "办完时间", "new_application_id": "重新办理的申请编号", "acted_by": "代办人编号", "region": "所在村区划代码",
                },
            ),
        ),
        erased="of which decision it was and how it ended stay; nobody's words do",
        erase=one_by_one,
        stays=("applicant_id",),
        must_not_begin=who_is_leaving_applies_for_nothing,
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("decide_by", ASCENDING), ("_id", ASCENDING)],
            name="of_a_region",
        ),
        IndexModel(
            [("taken_by", ASCENDING), ("decide_by", ASCENDING), ("_id", ASCENDING)],
            name="taken_by_an_official",
            partialFilterExpression={"state": "taken"},
        ),
        newest_first("applicant_id", "asked_at", "of_an_applicant"),
        IndexModel([("decide_by", ASCENDING)], name="undecided", partialFilterExpression={"open": True}),
    )

    def late(self, now: datetime) -> list[dict]:
        """Find what is not decided within the days of who has it."""
        return [{"open": True, "decide_by": {"$lt": now}}]

    def conflict(self, index: str) -> Conflict:
        """Say that a review of this decision was asked."""
        return Conflict(
            "review.asked_already", "这件决定已经申请过复核，只能申请一次，请打开复核看进展。", index=index
        )

    def to_document(self, aggregate: Review) -> dict:
        """Note at each save whether it waits for somebody."""
        return {**super().to_document(aggregate), "open": aggregate.is_open}
