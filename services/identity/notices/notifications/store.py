"""Notices as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.notices.notifications.model import Notice


class NoticeStore(RegionalStore[Notice]):
    """The notices' collection."""

    service = "identity"
    collection = "notices"
    becomes = Stays("it is read by its person, and tells no event")
    of_a_person = PersonalData(
        (
            ExportSection(
                "通知",
                "person",
                "created_at",
                {"title": "事项", "text": "内容", "created_at": "时间", "read_at": "阅读时间"},
            ),
        ),
        erased="forgotten",
        erase=forgotten,
        stays=(),
    )  # fmt: skip
    aggregate = Notice
    noun = "notice"
    missing = "没有找到这条通知。"
    indexes = (
        IndexModel([("person", ASCENDING), ("created_at", DESCENDING), ("_id", DESCENDING)], name="inbox"),
        IndexModel(
            [
                ("person", ASCENDING),
                ("read_at", ASCENDING),
                ("created_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="unread",
        ),
    )

    def read_up_to(self, latest: Notice, now: datetime) -> None:
        """Mark a person's unread notices up to this one, in the order of the inbox, as read."""
        unread = {"person": latest.person, "read_at": None, "created_at": {"$lte": latest.created_at}}
        above = {"created_at": latest.created_at, "_id": {"$gt": latest.id}}
        read = {"$set": {"read_at": now}, "$inc": {"version": 1}}
        self.documents.update_many({**unread, "$nor": [above]}, read)

    def forget(self, person: str) -> None:
        """Forget all that a person was told."""
        self.documents.delete_many({"person": person})
