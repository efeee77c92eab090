"""Residents as documents: one account for one ID number and one phone."""

from pymongo import ASCENDING, IndexModel

from services.chassis.documents import Store
from services.chassis.errors import Conflict
from services.identity.residents.model import Resident


class ResidentStore(Store):
    """The residents' collection."""

    service = "identity"
    collection = "residents"
    aggregate = Resident
    noun = "resident"
    missing = "没有找到这位居民，请核对编号。"
    indexes = (
        IndexModel([("id_number_hash", ASCENDING)], name="one_account_for_one_person", unique=True),
        IndexModel([("phone", ASCENDING)], name="one_account_for_one_phone", unique=True),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("registered_at", ASCENDING), ("_id", ASCENDING)],
            name="queue_of_a_region",
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say which of the two is taken."""
        if index == "phone":
            return Conflict("resident.phone_taken", "这个手机号已经注册，请直接登录或更换手机号。")
        return Conflict(
            "resident.person_registered", "这个身份证号已经注册，请直接登录；如非本人注册，请到村委会核实。"
        )

    def ending_of(self, id: str) -> str:
        """Give the last four characters of a resident's ID number, "" where there is no such resident."""
        found = self.documents.find_one({"_id": id})
        return self.from_document(found).masked_id_number[-4:] if found else ""

    def find_by_phone(self, phone: str) -> Resident | None:
        """Give the resident who signs in with this phone, or None."""
        found = self.documents.find_one({"phone": phone})
        return found and self.from_document(found)
