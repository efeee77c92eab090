"""How often something may be asked in an hour: counted under keyed hashes that an hour later are gone, so that nobody is known by them."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.chassis.core.secrets import keyed_hash
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson

NEVER, HOUR = datetime.fromtimestamp(0, UTC), timedelta(hours=1)
NETWORK_BITS = {4: 24, 6: 48}


class HourlyLimits:
    """Counts what is asked: {_id, asked, forget_at, let: whether the last one was}; a capability names its own collection."""

    collection = ""
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("counters under keyed hashes that an hour later are gone")

    def __init__(self, database: Database, key: bytes = b"", **most: int):
        self.documents, self._key = database[self.collection], key
        self._most = most

    def over(self, purpose: str, what: str, value: str, now: datetime) -> datetime | None:
        """Count one of a kind of things, in one write, so that those at once do not pass each other; when the hour is over, where it is one too many."""
        old = {"$lte": [{"$ifNull": ["$forget_at", NEVER]}, now]}
        before = {
            "asked": {"$cond": [old, 0, "$asked"]},
            "forget_at": {"$cond": [old, now + HOUR, "$forget_at"]},
        }
        stages: list[dict] = [
            {"$set": before},
            {"$set": {"let": {"$lt": ["$asked", self._most[what]]}}},
            {"$set": {"asked": {"$add": ["$asked", {"$cond": ["$let", 1, 0]}]}}},
        ]
        name = self._name(purpose, what, value)
        found: dict = self.documents.find_one_and_update(
            {"_id": name}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )  # type: ignore[assignment]  # an upsert always gives a document
        return None if found["let"] else found["forget_at"]

    def take_back(self, purpose: str, what: str, value: str) -> None:
        """Take back one that was counted, and is not to count."""
        name = self._name(purpose, what, value)
        self.documents.update_one({"_id": name, "asked": {"$gt": 0}}, {"$inc": {"asked": -1}})

    def _name(self, purpose: str, what: str, value: str) -> str:
        return keyed_hash(self._key, purpose, what, value)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        index = IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0)
        self.documents.create_indexes([index])


def network_of(address: str) -> str:
    """The network of an address; what is no address is one network of its own."""
    try:
        one = ip_address(address)
    except ValueError:
        return "unknown"
    one = getattr(one, "ipv4_mapped", None) or one
    return str(ip_network(f"{one}/{NETWORK_BITS[one.version]}", strict=False))
