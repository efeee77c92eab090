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

    def of(self, ids: list[str]) -> dict[str, Resident]:
        """Give those of these residents who are known, by id."""
        found = self.documents.find({"_id": {"$in": ids}}, {"outbox": 0, "requests": 0})
        return {document["_id"]: self.from_document(document) for document in found}

    def find_by_phone(self, phone: str) -> Resident | None:
        """Give the resident who signs in with this phone, or None."""
        found = self.documents.find_one({"phone": phone})
        return found and self.from_document(found)
