"""Codes as documents, and the counters of who asked for how many."""

from datetime import UTC, datetime

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson, PersonalData, forgotten
from services.civic.store import RegionalStore
from services.identity.access.verification_codes.model import HOUR, TRIES, VerificationCode

KEPT_SECONDS = 3600
NEVER = datetime.fromtimestamp(0, UTC)


class VerificationCodeStore(RegionalStore[VerificationCode]):
    """The codes' collection; they disappear an hour after they expire."""

    service = "identity"
    collection = "codes"
    becomes = Stays("it is read by its person, and tells no event")
    of_a_person = PersonalData(
        not_shown="a keyed id that an hour later is gone", erased="forgotten", erase=forgotten
    )
    aggregate = VerificationCode
    noun = "code"
    missing = "验证码已失效，请重新获取。"
    personal = ("phone",)
    indexes = (
        IndexModel([("expires_at", ASCENDING)], name="forgotten", expireAfterSeconds=KEPT_SECONDS),
        IndexModel([("person", ASCENDING)], name="of_a_person"),
    )

    def phone_of(self, id: str) -> str | None:
        """The phone that a visitor's code is sent to, None for any other."""
        found = self.documents.find_one({"_id": id})
        return self.from_document(found).phone or None if found else None

    def forget(self, person: str) -> None:
        """Forget a person's codes."""
        self.documents.delete_many({"person": person})

    def begin_try(self, id: str, call: Call) -> bool:
        """Count a try before it is looked at, so that many at once are counted as many; False where none is left."""
        only_if = {"state": "open", "tries": {"$lt": TRIES}, "expires_at": {"$gt": call.now}}
        return self.apply(id, only_if, {"tries": {"$add": ["$tries", 1]}}, call)

    def use(self, id: str, call: Call) -> bool:
        """Use it up; False where somebody was faster."""
        return self.apply(id, {"state": "open"}, {"state": "used"}, call)


class CodeRequests:
    """How many codes were asked for: {_id: the counter's names, asked, forget_at, let: whether the last one was}; it disappears when its hour is over."""

    collection = "code_requests"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("counters under keyed hashes that an hour later are gone")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def count(self, names: tuple[str, ...], most: int, now: datetime) -> datetime | None:
        """Count a request; gives None where it is within the limit, else when the hour is over. One write, so that requests at
        once do not pass each other; what is refused does not count, as another limit may hold for the next one.
        """
        old = {"$lte": [{"$ifNull": ["$forget_at", NEVER]}, now]}
        before = {
            "asked": {"$cond": [old, 0, "$asked"]},
            "forget_at": {"$cond": [old, now + HOUR, "$forget_at"]},
        }
        stages: list[dict] = [
            {"$set": before},
            {"$set": {"let": {"$lt": ["$asked", most]}}},
            {"$set": {"asked": {"$add": ["$asked", {"$cond": ["$let", 1, 0]}]}}},
        ]
        found: dict = self.documents.find_one_and_update(
            {"_id": "|".join(names)}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )  # type: ignore[assignment]  # an upsert always gives a document
        return None if found["let"] else found["forget_at"]

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        index = IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0)
        self.documents.create_indexes([index])
