"""Ratings as documents: one of one handling, whose id it has."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.matters.ratings.model import TO_MEND, Rating
from services.chassis.core.errors import Conflict
from services.chassis.storage.paging import newest_first
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.store import ClockedStore

UNSHOWN = ("formerly",)


class RatingStore(ClockedStore[Rating]):
    """The ratings' collection; `bad`, `to_mend`, `ended` and `published` are computed at each save."""

    service = "affairs"
    collection = "ratings"
    aggregate = Rating
    noun = "rating"
    missing = "没有找到这条评价，请核对编号。"
    has_deadlines = True
    personal = ("comment", "rounds", "appeal")
    becomes = Follows(person="applicant_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "办事评价",
                "applicant_id",
                "rated_at",
                {
                    "id": "评价编号", "matter_name": "事项", "office": "办理机构", "level": "评价等级", "comment": "评价内容",
                    "rated_at": "评价时间", "state": "状态", "mend_by": "整改期限", "rounds": "回访和答复", "closed_at": "办完时间", "appeal_state": "申诉",
                    "appeal": "申诉和决定", "solved": "是否真正解决", "solved_at": "答复时间", "region": "所在村区划代码",
                },
            ),
        ),
        erased="level, matter, office, month and how it was mended stay; nobody's words do",
        erase=one_by_one,
        stays=("applicant_id",),
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("mend_by", ASCENDING), ("_id", ASCENDING)],
            name="cases_of_a_region",
        ),
        IndexModel(
            [("regions", ASCENDING), ("appeal_state", ASCENDING), ("mend_by", ASCENDING), ("_id", ASCENDING)],
            name="appeals_of_a_region",
            partialFilterExpression={"appeal_state": "asked"},
        ),
        newest_first("applicant_id", "rated_at", "of_an_applicant"),
        IndexModel(
            [("official_id", ASCENDING), ("bad", ASCENDING), ("rated_at", DESCENDING), ("_id", DESCENDING)],
            name="bad_ones_of_an_official",
        ),
        IndexModel([("official_id", ASCENDING), ("month", ASCENDING)], name="of_an_official_and_a_month"),
        IndexModel(
            [
                ("block_until", ASCENDING),
                ("month", ASCENDING),
                ("office", ASCENDING),
                ("matter_id", ASCENDING),
            ],
            name="in_no_block_yet",
            partialFilterExpression={"block_until": ""},
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("published", ASCENDING),
                ("block_until", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="published_of_a_county",
            partialFilterExpression={"published": True},
        ),
        IndexModel([("mend_by", ASCENDING)], name="unmended", partialFilterExpression={"to_mend": True}),
    )

    def late(self, now: datetime) -> list[dict]:
        """Find the bad ones that were not answered within the days to mend."""
        return [{"to_mend": True, "mend_by": {"$lt": now}}]

    def conflict(self, index: str) -> Conflict:
        """Say that this handling was rated."""
        return Conflict("rating.known_already", "这件事已经评价过了，不用再评。", index=index)

    def to_document(self, aggregate: Rating) -> dict:
        """Note at each save whether it is a bad one, whether its case waits for the office, is over, and is published."""
        return {
            **super().to_document(aggregate),
            "bad": aggregate.is_bad,
            "to_mend": aggregate.state in TO_MEND,
            "ended": aggregate.is_ended,
            "published": aggregate.is_ended and bool(aggregate.block_until),
        }
