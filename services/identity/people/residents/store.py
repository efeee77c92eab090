"""Residents as documents: one account for one ID number and one phone, which are known by their keyed hashes only."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.errors import Conflict
from services.chassis.core.scope import path_of
from services.civic import short_numbers
from services.civic.editions.code_crosswalk import COUNTY_DIGITS, CrosswalkEntry, Follows, follow
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.people.residents.doubles import STANDING, NumberTaken
from services.identity.people.residents.endings import ENDED
from services.identity.people.residents.model import Resident
from services.identity.people.residents.phones import PhoneTaken

MOST_OF_A_PHONE = 50
"""Entries of one phone among which a sign-in looks, the certified ones and then the newest first: whoever fills a phone with entries
keeps neither out, nor the one who proves it."""


def _with_its_words(resident: Resident, people: list[str], database: Database) -> dict:
    """Give what was written with what it belongs to; a report that nobody has confirmed is not the person's to read yet."""
    words = {name: text for name, text in resident.words.items() if name != "report"}
    told = {
        "appeal": resident.appeal_with_words,
        "request": resident.request_with_words,
        "answer": resident.answer_with_words,
    }
    return {**told, "words": words, "phones_before": [one["phone"] for one in resident.phones_before]}


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
                    "id": "账号编号", "name": "姓名", "phone": "手机号", "phone_proved_at": "手机号证明时间", "phone_lost_at": "手机号被他人证明的时间", "phones_before": "更换前的手机号（三天后删除）", "phone_changed_at": "手机号更换时间", "paper": "证件种类", "masked_id_number": "证件号码（平台只存掩码和密钥散列）",
                    "region": "所在村区划代码", "edition": "区划版本", "formerly": "以前的区划代码", "state": "状态", "assurance": "实名等级",
                    "registered_at": "注册时间", "notice_version": "注册时的告知书版本", "decided_at": "认证办理时间", "reason": "未通过的理由",
                    "appeal": "申诉", "request": "正在办理的申请", "wanted": "申请更正为", "answer": "上次申请的结果", "matched": "户籍核对",
                    "seen": "当面核验", "sight_revoked": "被撤销的当面核验", "ended": "停用情况", "revived": "恢复情况", "words": "各项理由", "merged_into": "并入的账号",
                    "credentials": "更换密码的次数", "of_age_at": "未成年人的成年日",
                },
                _with_its_words,
            ),
        ),
        erased="a tombstone",
        erase=forgotten,
        stays=("_id", "id_number_hash", "phone", "phone_hash"),
    )  # fmt: skip
    aggregate = Resident
    noun = "resident"
    missing = "没有找到这位居民，请核对编号。"
    has_deadlines = True
    personal = ("name", "phone", "phones_before", "reason", "wanted", "words", "of_age_at")
    shown = ("masked_name", "masked_phone")
    indexes = (
        IndexModel([("id_number_hash", ASCENDING)], name="one_account_for_one_person", unique=True),
        IndexModel([("phone_hash", ASCENDING)], name="one_account_for_one_phone", unique=True),
        IndexModel(
            [
                ("phone_key", ASCENDING),
                ("assurance", DESCENDING),
                ("registered_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="others_of_a_phone",
            partialFilterExpression={"phone_held": False},
        ),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("doubled", ASCENDING),
                ("registered_at", ASCENDING),
                ("_id", ASCENDING),
            ],
            name="doubles_of_a_region",
            partialFilterExpression={"doubled": True},
        ),
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
            [("decide_by", ASCENDING)], name="undecided", partialFilterExpression={"state": "pending"}
        ),
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

    def of_number(self, number: str) -> str:
        """Give the id of whom a short number names; raises NotFound for nobody's, and for one that two share."""
        found = self.documents.find({"_id": short_numbers.ids_of(number)}, {"_id": 1}).limit(2)
        ids = [one["_id"] for one in found]
        if len(ids) != 1:
            raise self.not_found()
        return ids[0]

    def to_document(self, aggregate: Resident) -> dict:
        """Add what queues and clock look for, and what the phone is found by: only the entry that holds it has its `phone_hash`.

        A phone that nobody holds at this moment is held by the entry from then on; of two at once the unique index lets one in.
        """
        if aggregate.wants_phone:
            aggregate.phone_held = self.find_by_phone(aggregate.phone) is None
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
            "doubled": aggregate.is_double,
        }
        document = {**super().to_document(aggregate), **found}
        if "sealed" in document or not aggregate.phone_key:
            document["phone_key"] = aggregate.phone_key = self._hashed(aggregate.phone)
        document["phone_hash"] = aggregate.phone_key if aggregate.phone_held else f"unheld:{aggregate.id}"
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

    def late(self, now: datetime) -> list[dict]:
        """Find who waits for a village or a town longer than it may take."""
        return [{"state": "pending", "decide_by": {"$lt": now}}]

    def hold_living(self, survivor: Resident) -> bool:
        """Whether this entry lives; let nobody end it meanwhile: only a write to it makes two merges collide."""
        where = {"_id": survivor.id, "state": {"$nin": ENDED}}
        return self.documents.update_one(where, {"$inc": {"held": 1}}).matched_count == 1

    def conflict(self, index: str) -> Conflict:
        """Say which of the two is taken: a phone to nobody, who is faster is only tried again; a number to officials only."""
        if index == "phone_hash":
            return PhoneTaken("resident.phone_taken", "刚才有人也在办理，请稍等几秒再试。")
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
        self.forget_answers({"_id": person, "state": "erased"})

    def of(self, ids: list[str]) -> dict[str, Resident]:
        """Load those of these residents who are known, by id."""
        found = self.documents.find({"_id": {"$in": ids}}, {"outbox": 0, "requests": 0})
        return {document["_id"]: self.from_document(document) for document in found}

    def certified_by_number(self, hashes: list[str]) -> list[Resident]:
        """Load the certified residents with these ID numbers."""
        where = {"id_number_hash": {"$in": hashes}, "state": "certified"}
        found = self.documents.find(where, {"outbox": 0, "requests": 0}) if hashes else ()
        return [self.from_document(one) for one in found]

    def note_double(self, id: str, other: str | None) -> None:
        """Note that another entry seems to be the same person's, for the county to look at; nothing else changes."""
        if other:
            noted = {"double_of": other, "doubled": {"$in": ["$state", list(STANDING)]}}
            change = {**noted, "version": {"$add": ["$version", 1]}}
            self.documents.update_one({"_id": id, "double_of": None}, [{"$set": change}])

    def doubles_of(self, residents: list[Resident]) -> dict[str, str]:
        """Find for each of these entries another one that seems to be the same person's: by a claimed number, or as noted."""
        claimed = [one.claims for one in residents if one.claims]
        found = self.documents.find({"id_number_hash": {"$in": claimed}}, {"id_number_hash": 1})
        holders = {one["id_number_hash"]: one["_id"] for one in found} if claimed else {}
        others = {one.id: holders.get(one.claims or "") or one.double_of for one in residents}
        return {id: other for id, other in others.items() if other}

    def find_by_phone(self, phone: str) -> Resident | None:
        """Find who holds this phone, proven or not."""
        found = self.documents.find_one({"phone_hash": self._hashed(phone)})
        return found and self.from_document(found)

    def with_phone(self, phone: str) -> list[Resident]:
        """Find everybody who may sign in with this phone: first who holds it, then the certified, then the newest."""
        others = self.documents.find({"phone_key": self._hashed(phone), "phone_held": False})
        newest = others.sort([("assurance", -1), ("registered_at", -1), ("_id", -1)]).limit(MOST_OF_A_PHONE)
        named = [self.find_by_phone(phone), *(self.from_document(one) for one in newest)]
        return [one for one in named if one and one.is_living]

    def first_with_phone(self, phone: str) -> Resident | None:
        """Find the first of those who may sign in with this phone."""
        return next(iter(self.with_phone(phone)), None)

    def phone_to_reach(self, id: str, at: datetime | None = None) -> str | None:
        """The phone at which a resident is told something; None where it is, or may be, somebody else's.

        `at`: the one that was the resident's then. Who has only typed it in since keeps no warning from it.
        """
        resident = self.get(id)
        if not resident.is_living:
            return None
        if at and (before := resident.phone_at(at)):
            holder = self.find_by_phone(before)
            return None if holder and holder.id != id and holder.phone_vouched else before
        if resident.phone_lost_at:
            return None
        holder = resident if resident.phone_held else self.find_by_phone(resident.phone)
        return resident.phone if holder is None or holder.id == id else None

    def _hashed(self, phone: str) -> str:
        return self.vault.hashed("phone", phone)


def _coming_to(move: CrosswalkEntry) -> dict:
    county = {"regions": move.code[:COUNTY_DIGITS], "asked": "move"}
    return {**county, "request.to": move.code, "request.edition": {"$not": {"$gt": move.earlier}}}
