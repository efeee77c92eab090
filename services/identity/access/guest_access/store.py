"""Visitors as documents: one for one phone and one ID number, which are known by their keyed hashes only."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel

from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.access.guest_access.model import LIVING, USED_KEPT, Visitor

TOMBSTONE_SECONDS = 30 * 24 * 3600
"""How long it stays known that there was somebody: long enough for every reader of the event."""


class VisitorStore(RegionalStore[Visitor]):
    """The visitors' collection; a forgotten one has no phone, no number, and disappears."""

    service = "identity"
    collection = "visitors"
    aggregate = Visitor
    noun = "visitor"
    missing = "没有找到这位来访者，请核对编号。"
    personal = ("name", "phone")
    shown = ("masked_name", "masked_phone")
    becomes = Follows()
    of_a_person = PersonalData(
        (
            ExportSection(
                "一次性办事的登记",
                "resident_id",
                None,
                {
                    "name": "姓名", "phone": "手机号", "masked_id_number": "身份证号（平台只存掩码和密钥散列）", "region": "所填村区划代码",
                    "first_at": "首次时间", "last_at": "最近时间",
                },
                named=lambda database, person: person,
            ),
        ),
        erased="forgotten at the clock's next look",
        erase=forgotten,
        stays=("resident_id",),
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("phone_hash", ASCENDING), ("id_number_hash", ASCENDING)],
            name="one_visitor_for_one_phone_and_person",
            unique=True,
            partialFilterExpression={"living": True},
        ),
        IndexModel(
            [("phone_hash", ASCENDING), ("place", ASCENDING)],
            name="few_visitors_for_one_phone",
            unique=True,
            partialFilterExpression={"living": True},
        ),
        IndexModel(
            [("resident_id", ASCENDING)],
            name="of_a_resident",
            partialFilterExpression={"resident_id": {"$type": "string"}},
        ),
        IndexModel([("regions", ASCENDING)], name="of_a_region"),
        IndexModel([("forget_at", ASCENDING), ("_id", ASCENDING)], name="due"),
        IndexModel([("gone_at", ASCENDING)], name="forgotten", expireAfterSeconds=TOMBSTONE_SECONDS),
    )

    def to_document(self, visitor: Visitor) -> dict:
        """Add what a visitor is found by."""
        living = visitor.state in LIVING
        document = {**super().to_document(visitor), "living": living}
        if not living:
            document["phone_hash"] = ""
        elif "sealed" in document:
            document["phone_hash"] = self._hashed(visitor.phone)
        return document

    def find_by(self, phone: str, id_number_hash: str) -> Visitor | None:
        """The visitor with this phone and number, or None."""
        where = {"phone_hash": self._hashed(phone), "id_number_hash": id_number_hash, "living": True}
        found = self.documents.find_one(where, {"outbox": 0, "requests": 0})
        return found and self.from_document(found)

    def of_phone(self, phone: str) -> dict[str, int]:
        """The ids of the visitors with this phone, each with its place."""
        where = {"phone_hash": self._hashed(phone), "living": True}
        return {one["_id"]: one["place"] for one in self.documents.find(where, {"place": 1})}

    def taken_by(self, residents: list[str]) -> list[str]:
        """The ids of the visitors whom one of these residents' entries has taken over."""
        where = {"resident_id": {"$in": residents, "$type": "string"}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1})]

    def keep_longer(self, id: str, call: Call) -> bool:
        """Keep a visitor who has applied; False where there is none, or one that the clock does not forget."""
        later = {"forget_at": {"$max": ["$forget_at", call.now + USED_KEPT]}}
        return self.apply(id, {"state": "visiting"}, later, call)

    def due(self, now: datetime, most: int) -> list[str]:
        """The ids of visitors whose time is over."""
        found = self.documents.find({"forget_at": {"$lte": now}}, {"_id": 1})
        return [one["_id"] for one in found.sort([("forget_at", 1), ("_id", 1)]).limit(most)]

    def forget(self, person: str) -> None:
        """Let the clock forget what an erased resident had taken over, at its next look."""
        at_once = {"$currentDate": {"forget_at": True}, "$inc": {"version": 1}}
        where = {"resident_id": {"$eq": person, "$type": "string"}, "living": True}
        self.documents.update_many(where, at_once)

    def _hashed(self, phone: str) -> str:
        return self.vault.hashed("phone", phone)
