"""Decisions on consents as documents, only ever added."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import VersionConflict
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.store import RegionalStore
from services.identity.privacy.consents.model import Consent


class ConsentStore(RegionalStore[Consent]):
    """The decisions' collection; the unique number puts two at once in an order."""

    service = "identity"
    collection = "consents"
    becomes = Stays("a decision is never changed; it is read by its person")
    of_a_person = PersonalData(
        (
            ExportSection(
                "同意与撤回",
                "person",
                "decided_at",
                {"purpose": "用途", "purpose_version": "告知书版本", "state": "决定", "decided_at": "时间"},
            ),
        ),
        erased="stays: ids only",
        erase=KeptByLaw("what was consented to has to be proved (个人信息保护法 art. 9, 14)"),
        stays=("person",),
    )  # fmt: skip
    aggregate = Consent
    noun = "consent"
    missing = "没有找到这项同意，请在“我的同意”里核对。"
    indexes = (
        IndexModel(
            [("person", ASCENDING), ("purpose", ASCENDING), ("number", DESCENDING)],
            name="one_after_the_other",
            unique=True,
        ),
        IndexModel(
            [("person", ASCENDING), ("decided_at", DESCENDING), ("_id", DESCENDING)], name="of_a_person"
        ),
    )

    def conflict(self, index: str) -> VersionConflict:
        """Say that the person decided at the same moment on another device: decide again after it."""
        return VersionConflict("consent.decided_meanwhile", "刚才在别的设备上改过，请刷新后再试。")

    def last(self, person: str, purpose: str) -> Consent | None:
        """A resident's last decision on a purpose, or None."""
        where = {"person": person, "purpose": purpose}
        found = self.documents.find_one(where, {"outbox": 0, "requests": 0}, sort=[("number", -1)])
        return found and self.from_document(found)
