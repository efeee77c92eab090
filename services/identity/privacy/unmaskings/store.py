"""Looks at personal data as documents: only added, never changed, until the person is erased: then only ids are left."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.privacy.unmaskings.model import Unmasking


class UnmaskingStore(RegionalStore[Unmasking]):
    """The disclosures' collection."""

    service = "identity"
    collection = "disclosures"
    becomes = Stays(
        "a look is never changed; auditors look in whole counties, and its region stands with its edition"
    )
    of_a_person = PersonalData(
        (
            ExportSection(
                "查看和取得您信息的记录",
                "resident_id",
                "made_at",
                {"made_at": "时间", "role": "身份", "purpose": "用途", "reason": "事由", "official_id": "查看人编号"},
            ),
        ),
        erased="stays: ids, times and purposes; the official's words are erased",
        erase=forgotten,
        stays=("resident_id", "official_id"),
    )  # fmt: skip
    aggregate = Unmasking
    noun = "disclosure"
    personal = ("reason",)
    indexes = (
        IndexModel(
            [("resident_id", ASCENDING), ("made_at", DESCENDING), ("_id", DESCENDING)], name="of_a_resident"
        ),
        IndexModel(
            [("regions", ASCENDING), ("made_at", DESCENDING), ("_id", DESCENDING)], name="of_a_region"
        ),
    )

    def forget(self, person: str) -> None:
        """Forget the officials' words: they tell of the person. Who looked when and what for is answered for without them."""
        wordless = {"$set": {"reason": "", "sealed": None}, "$inc": {"version": 1}}
        self.documents.update_many({"resident_id": person, "reason": {"$ne": ""}}, wordless)
