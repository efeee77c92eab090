"""Mandates, photos of papers and acts as documents."""

from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.chassis.core.scope import path_of
from services.chassis.storage.database import ServiceDatabase
from services.chassis.storage.idempotency import WITH_AN_ANSWER
from services.civic.editions.code_crosswalk import Follows, Stays
from services.civic.files.model import ADDRESSES
from services.civic.privacy.personal_data import ErasedByListener, ExportSection, KeptByLaw, PersonalData
from services.civic.store import RegionalStore
from services.identity.people.mandates.model import LIVING, Act, Mandate
from services.identity.people.masked_names import masked_names

MANDATE = {
    "id": "委托编号", "own_part": "本人身份", "other": "对方", "kind": "种类", "matters": "事项范围", "orders": "是否含买卖",
    "votes": "是否含表决", "state": "状态", "offered_at": "提出时间", "answered_at": "答复时间", "expires_at": "到期时间",
    "ended_at": "终止时间", "reason": "终止原因", "origin": "办理方式", "paper": "纸质委托书存入时间", "photos": "委托书照片下载地址", "photo_changes": "生效后去掉照片的记录",
    "acts": "代办记录（最近100条）",
}  # fmt: skip


def _with_the_other_one(mandate: Mandate, people: list[str], database: ServiceDatabase) -> dict:
    """Give the form of the other one's name, since when there is a paper, and what was done."""
    other = mandate.helper_id if mandate.ward_id in people else mandate.ward_id
    paper = Papers(database).documents.find_one({"_id": mandate.id}, {"kept_at": 1})
    photos = mandate.shown_photos
    acts = ActStore(database).documents.find({"mandate_id": mandate.id}).sort([("at", -1), ("_id", -1)])
    return {
        "own_part": "委托人" if mandate.ward_id in people else "代办人",
        "other": masked_names(database, [other]).get(other),
        "paper": photos[0]["added_at"] if photos else paper and paper["kept_at"],
        "photos": [ADDRESSES["mandate_photo"].format(subject=mandate.id, id=one["id"]) for one in photos],
        "photo_changes": [{name: one[name] for name in ("at", "reason")} for one in mandate.photo_changes],
        "acts": [{name: one[name] for name in ("act", "at", "subject")} for one in acts.limit(100)],
    }


def _newest(name: str, *fields: str, only: dict | None = None) -> IndexModel:
    order = [("offered_at", DESCENDING), ("_id", DESCENDING)]
    partial = {"partialFilterExpression": only} if only else {}
    return IndexModel([*((field, ASCENDING) for field in fields), *order], name=name, **partial)


class MandateStore(RegionalStore[Mandate]):
    """The mandates' collection; `open`, `due` and `photos_missing` are computed at each save."""

    service = "identity"
    collection = "mandates"
    becomes = Follows(person="ward_id")
    of_a_person = PersonalData(
        (
            ExportSection("委托他人代办", "ward_id", "offered_at", MANDATE, _with_the_other_one),
            ExportSection("受托代办", "helper_id", "offered_at", MANDATE, _with_the_other_one),
        ),
        erased="ends, reason erased; who did what for whom stays, as ids",
        erase=ErasedByListener("mandates"),
        stays=("ward_id", "helper_id"),
    )
    aggregate = Mandate
    noun = "mandate"
    missing = "没有找到这项委托，请核对编号。"
    personal = ("reason", "photo_changes")
    indexes = (
        IndexModel(
            [("ward_id", ASCENDING), ("helper_id", ASCENDING)],
            name="one_living_mandate_of_a_pair",
            unique=True,
            partialFilterExpression={"open": True},
        ),
        # the scarce one: two acceptances at once cannot take one place
        IndexModel(
            [("helper_id", ASCENDING), ("slot", ASCENDING)],
            name="one_ward_in_a_helpers_place",
            unique=True,
            partialFilterExpression={"slot": {"$gte": 0}},
        ),
        _newest("of_a_ward", "ward_id"),
        _newest("of_a_helper", "helper_id"),
        _newest("of_a_region", "regions", "state"),
        # few: what the village still has to photograph
        _newest("without_photos_of_a_region", "regions", "state", only={"photos_missing": True}),
        IndexModel([("due", ASCENDING), ("_id", ASCENDING)], name="due"),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the two have a mandate; a place that was taken meanwhile makes the use case look again."""
        if index == "helper_id":
            return VersionConflict("mandate.place_taken", "刚才又接受了一项委托，请再试一次。")
        return Conflict("mandate.living_already", "两人之间已有一项委托在办或生效，请先处理或终止那一项。")

    def to_document(self, aggregate: Mandate) -> dict:
        """A document that tells whether it lives and when the clock ends it."""
        computed = {
            "open": aggregate.state in LIVING,
            "due": aggregate.due,
            "photos_missing": aggregate.photos_missing,
        }
        return {**super().to_document(aggregate), **computed}

    def holds_photo(self, mandate_id: str, file_id: str) -> bool:
        """Tell whether a mandate that lives names this file."""
        named = {"_id": mandate_id, "photos.id": file_id, "open": True}
        return self.documents.find_one(named, {"_id": 1}) is not None

    def living_of(self, person: str, most: int = 200) -> list[str]:
        """Find the ids of the mandates of this ward or helper that live."""
        party = {"$or": [{"ward_id": person}, {"helper_id": person}]}
        found = self.documents.find({**party, "open": True}, {"_id": 1}).limit(most)
        return [one["_id"] for one in found]

    def follow_ward(self, ward_id: str, region: str, edition: str) -> None:
        """Let all mandates of a ward, also those that are over, belong to where the ward is now; repeatable.

        The version moves, so that whoever has read one before saves nothing over it.
        """
        elsewhere = {"ward_id": ward_id, "$or": [{"region": {"$ne": region}}, {"edition": {"$ne": edition}}]}
        there = {"region": region, "regions": path_of(region), "edition": edition}
        self.documents.update_many(elsewhere, {"$set": there, "$inc": {"version": 1}})

    def not_erased_of(self, person: str, most: int = 200) -> list[str]:
        """Find the ids of mandates of this ward or helper that live, or still hold words or answers."""
        party = {"$or": [{"ward_id": person}, {"helper_id": person}]}
        answered = {"requests": {"$elemMatch": WITH_AN_ANSWER}}
        kept = {
            "$or": [
                {"open": True},
                {"sealed": {"$type": "binData"}},
                {"photos.id": {"$exists": True}},
                answered,
            ]
        }
        found = self.documents.find({"$and": [party, kept]}, {"_id": 1}).limit(most)
        return [one["_id"] for one in found]

    def places_taken(self, helper_id: str) -> list[int]:
        """Find the places of a helper that active mandates take."""
        where = {"helper_id": helper_id, "slot": {"$gte": 0}}
        return [found["slot"] for found in self.documents.find(where, {"slot": 1})]

    def over(self, now: datetime, most: int = 200) -> list[str]:
        """Find the ids of what the clock has to end, longest over first."""
        found = self.documents.find({"due": {"$lte": now}}, {"_id": 1})
        return [document["_id"] for document in found.sort([("due", 1), ("_id", 1)]).limit(most)]


class Papers:
    """Photos of papers that were recorded before photos were files: {_id: the mandate's, type, photo (encrypted), kept_at, upright}.

    Nothing is added here any more. `upright` is missing where the photo is as it was sent, metadata and all: up to 0.1.0 nothing was re-encoded.
    """

    collection = "mandate_papers"
    becomes = Stays("it holds no region")
    of_a_person = PersonalData(
        not_shown="photos of ward and helper together: the mandates' section says since when there is one, and "
        "`GET /mandates/{mandate_id}/paper` shows it",
        erased="dropped",
        erase=ErasedByListener("mandates"),
    )

    def __init__(self, database: ServiceDatabase):
        self.documents, self.vault = database[self.collection], database.vault

    def drop(self, mandate_id: str) -> None:
        """Forget the photo of a mandate that is over."""
        self.documents.delete_one({"_id": mandate_id})

    def get(self, mandate_id: str) -> dict:
        """Load {photo, upright}; raises NotFound where there is none."""
        found = self.documents.find_one({"_id": mandate_id})
        if found is None:
            raise NotFound("mandate.no_paper", "这项委托是在线办理的，没有纸质委托书，请直接查看委托内容。")
        return {**found, **self.vault.decrypt(found["photo"])}


class ActStore(RegionalStore[Act]):
    """The acts' collection."""

    service = "identity"
    collection = "acts"
    becomes = Stays("what was done is never changed; it is read through its mandate")
    of_a_person = PersonalData(
        not_shown="in the mandates' sections",
        erased="stays: ids of what was done under a mandate",
        erase=KeptByLaw("what was done for somebody has to be answered for"),
        stays=("acted_by",),
    )
    aggregate = Act
    noun = "act"
    indexes = (
        IndexModel([("mandate_id", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)], name="of_a_mandate"),
    )
