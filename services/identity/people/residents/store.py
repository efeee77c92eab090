"""Residents as documents: one account for one ID number and one phone, which are known by their keyed hashes only."""

from collections.abc import Callable
from datetime import datetime
from hmac import compare_digest

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import Conflict
from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import COUNTY_DIGITS, CrosswalkEntry, Follows, follow
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.people.papers import named_ending
from services.identity.people.residents.doubles import NumberTaken
from services.identity.people.residents.endings import ENDED
from services.identity.people.residents.model import Resident


def _with_its_words(resident: Resident, people: list[str], database: Database) -> dict:
    """Give what was written with what it belongs to; a report that nobody has confirmed is not the person's to read yet."""
    words = {name: text for name, text in resident.words.items() if name != "report"}
    told = {
        "appeal": resident.appeal_with_words,
        "request": resident.request_with_words,
        "answer": resident.answer_with_words,
    }
    return {**told, "words": words}


class ResidentStore(RegionalStore[Resident]):
    """The residents' collection."""

    service = "identity"
    collection = "residents"
    becomes = Follows(person="_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "账号资料",
                "_id",
                None,
                {
                    "id": "账号编号", "name": "姓名", "phone": "手机号", "paper": "证件种类", "masked_id_number": "证件号码（平台只存掩码和密钥散列）",
                    "region": "所在村区划代码", "edition": "区划版本", "formerly": "以前的区划代码", "state": "状态", "assurance": "实名等级",
                    "registered_at": "注册时间", "notice_version": "注册时的告知书版本", "decided_at": "认证办理时间", "reason": "未通过的理由",
                    "appeal": "申诉", "request": "正在办理的申请", "wanted": "申请更正为", "answer": "上次申请的结果", "matched": "户籍核对",
                    "seen": "当面核验", "sight_revoked": "被撤销的当面核验", "ended": "停用情况", "revived": "恢复情况", "words": "各项理由", "merged_into": "并入的账号",
                    "credentials": "更换密码的次数",
                },
                _with_its_words,
            ),
        ),
        erased="a tombstone",
        erase=forgotten,
        stays=("_id", "id_number_hash", "phone"),
    )  # fmt: skip
    aggregate = Resident
    noun = "resident"
    missing = "没有找到这位居民，请核对编号。"
    personal = ("name", "phone", "reason", "wanted", "words")
    shown = ("masked_name", "masked_phone")
    indexes = (
        IndexModel([("id_number_hash", ASCENDING)], name="one_account_for_one_person", unique=True),
        IndexModel([("phone_hash", ASCENDING)], name="one_account_for_one_phone", unique=True),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("registered_at", ASCENDING), ("_id", ASCENDING)],
            name="queue_of_a_region",
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("state", ASCENDING),
                ("escalated", ASCENDING),
                ("registered_at", ASCENDING),
                ("_id", ASCENDING),
            ],
            name="queue_of_a_town",
        ),
        IndexModel(
            [("regions", ASCENDING), ("asked", ASCENDING), ("asked_at", ASCENDING), ("_id", ASCENDING)],
            name="requests_of_a_region",
        ),
        IndexModel(
            [("arriving", ASCENDING), ("asked_at", ASCENDING), ("_id", ASCENDING)],
            name="arrivals_of_a_region",
        ),
        IndexModel(
            [("regions", ASCENDING), ("reported", ASCENDING), ("reported_at", ASCENDING), ("_id", ASCENDING)],
            name="reports_of_a_region",
        ),
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
        IndexModel(
            [("merged_into", ASCENDING)],
            name="merged",
            partialFilterExpression={"merged_into": {"$type": "string"}},
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("awaiting", ASCENDING),
                ("registered_at", ASCENDING),
                ("_id", ASCENDING),
            ],
            name="to_be_placed",
        ),
    )

    def to_document(self, aggregate: Resident) -> dict:
        """Add what queues and clock look for, and the keyed hash by which the phone is found."""
        report = aggregate.report or {}
        asked, arriving = aggregate.request or {}, aggregate.arriving_in
        found = {
            "escalated": aggregate.escalated_at is not None,
            "due": aggregate.due,
            "asked": asked.get("kind"),
            "asked_at": asked.get("asked_at"),
            "reported": report.get("kind"),
            "reported_at": report.get("reported_at"),
            "arriving": path_of(arriving) if arriving else [],
        }
        document = {**super().to_document(aggregate), **found}
        if "sealed" in document:
            document["phone_hash"] = self.vault.hashed("phone", aggregate.phone)
        return document

    def follow(self, move: CrosswalkEntry) -> int:
        """Let residents follow; of a split village they wait at the county. Who asked to move there asks for what it became."""
        if len(move.new) > 1:
            return follow(self.documents, move, {"awaiting": move.code})
        path = path_of(move.goes_to)
        arriving = {"$cond": [{"$eq": ["$arriving", []]}, [], path]}
        to = {"request.to": move.goes_to, "request.edition": move.later, "arriving": arriving}
        change = {**to, "version": {"$add": ["$version", 1]}}
        self.documents.update_many(_coming_to(move), [{"$set": change}])
        return follow(self.documents, move)

    def coming_to(self, move: CrosswalkEntry, most: int) -> list[str]:
        """Find the ids of residents who asked to move to a division and wait for an answer."""
        return [found["_id"] for found in self.documents.find(_coming_to(move), {"_id": 1}).limit(most)]

    def merged_into(self, id: str) -> list[str]:
        """Find the entries that were merged into this one, directly or one after the other."""
        found: list[str] = []
        ahead = [id]
        while ahead:
            where = {"merged_into": {"$in": ahead, "$type": "string"}}
            ahead = [one["_id"] for one in self.documents.find(where, {"_id": 1})]
            found += ahead
        return found

    def due(self, now: datetime, most: int) -> list[str]:
        """Find the ids of residents on whom the clock has to act, longest due first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]

    def hold_living(self, survivor: Resident) -> bool:
        """Whether this entry lives; let nobody end it meanwhile: only a write to it makes two merges collide."""
        where = {"_id": survivor.id, "state": {"$nin": ENDED}}
        return self.documents.update_one(where, {"$inc": {"held": 1}}).matched_count == 1

    def conflict(self, index: str) -> Conflict:
        """Say which of the two is taken.

        A phone is said to be taken also to whoever registers: it is the login, so that the second one could not sign in and
        would learn it by that; only a code sent to the phone before could hide it. A number is said to be taken to officials
        only (`usecases.register`).
        """
        if index == "phone_hash":
            return Conflict("resident.phone_taken", "这个手机号已经注册，请直接登录或更换手机号。")
        return NumberTaken(
            "resident.person_registered",
            "这个证件号码由另一账号登记，不能认证或更正；请核实是否本人，或不予通过，或报县里合并两个账号。",
        )

    def holder_of(self, number_hash: str) -> str | None:
        """Find the id of the entry that holds a number."""
        found = self.documents.find_one({"id_number_hash": number_hash}, {"_id": 1})
        return found and found["_id"]

    def free_number(self, number_hash: str) -> None:
        """Take a number from a deactivated entry, which keeps a claim to it: its village vouches for another one."""
        where = {"id_number_hash": number_hash, "state": "deactivated"}
        claim = {"claims": "$id_number_hash", "id_number_hash": {"$concat": ["claimed:", "$_id"]}}
        self.documents.update_one(where, [{"$set": {**claim, "version": {"$add": ["$version", 1]}}}])

    def forget(self, person: str) -> None:
        """Forget what was answered under idempotency keys: the answers hold masked names and numbers."""
        self.documents.update_one({"_id": person, "state": "erased"}, {"$set": {"requests": []}})

    def ending_is(self, id: str, ending: str, identity_hash: Callable[[str], str]) -> bool:
        """Whether the number of this resident's paper ends so; of older entries the masked number tells."""
        found = self.documents.find_one({"_id": id})
        if not found:
            return False
        resident = self.from_document(found)
        if resident.ending_hash:
            return compare_digest(resident.ending_hash, identity_hash(named_ending(ending)))
        return compare_digest(resident.masked_id_number[-4:].encode(), ending.encode())

    def of(self, ids: list[str]) -> dict[str, Resident]:
        """Load those of these residents who are known, by id."""
        found = self.documents.find({"_id": {"$in": ids}}, {"outbox": 0, "requests": 0})
        return {document["_id"]: self.from_document(document) for document in found}

    def certified_by_number(self, hashes: list[str]) -> list[Resident]:
        """Load the certified residents with these ID numbers."""
        where = {"id_number_hash": {"$in": hashes}, "state": "certified"}
        found = self.documents.find(where, {"outbox": 0, "requests": 0}) if hashes else ()
        return [self.from_document(one) for one in found]

    def find_by_phone(self, phone: str) -> Resident | None:
        """Find the resident who signs in with this phone."""
        found = self.documents.find_one({"phone_hash": self.vault.hashed("phone", phone)})
        return found and self.from_document(found)


def _coming_to(move: CrosswalkEntry) -> dict:
    county = {"regions": move.code[:COUNTY_DIGITS], "asked": "move"}
    return {**county, "request.to": move.code, "request.edition": {"$not": {"$gt": move.earlier}}}
