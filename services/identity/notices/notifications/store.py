"""Notices as documents."""

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
                {"text": "内容", "created_at": "时间", "read_at": "阅读时间"},
            ),
        ),
        erased="forgotten",
        erase=forgotten,
        stays=(),
    )  # fmt: skip
    aggregate = Notice
    noun = "notice"
    missing = "没有找到这条通知，请刷新后再看。"
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

    def forget(self, person: str) -> None:
        """Forget all that a person was told."""
        self.documents.delete_many({"person": person})
