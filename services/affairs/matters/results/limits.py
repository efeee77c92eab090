"""How often one address and one network may verify papers in an hour; who they are is not kept."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from math import ceil

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany
from services.chassis.core.secrets import keyed_hash
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.settings import CivicSettings

NEVER, HOUR = datetime.fromtimestamp(0, UTC), timedelta(hours=1)
NETWORK_BITS = {4: 24, 6: 48}


class PaperCheckLimits:
    """Counts checks under keyed hashes that an hour later are gone: {_id, asked, forget_at, let: whether the last one was}."""

    collection = "paper_checks"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("counters under keyed hashes that an hour later are gone")

    def __init__(self, database: Database, key: bytes = b"", of_address: int = 60, of_network: int = 300):
        self.documents, self._key = database[self.collection], key
        self._most = {"address": of_address, "network": of_network}

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "PaperCheckLimits":
        """Make it from the settings."""
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, key, settings.paper_checks_of_address, settings.paper_checks_of_network)

    def count(self, call: Call) -> None:
        """Count one check; raises TooMany. What its address has too many of leaves the network's alone."""
        address = call.caller.address
        for what, place in (("address", address), ("network", network_of(address))):
            if until := self._over(
                keyed_hash(self._key, "paper checks", what, place), self._most[what], call.now
            ):
                wait = ceil((until - call.now).total_seconds())
                raise TooMany(
                    "result.too_many_checks",
                    f"这个网络核验文书的次数太多，请在{in_words(wait)}后再试；急用的，请打电话向落款单位核实。",
                    retry_after=wait,
                )

    def _over(self, name: str, most: int, now: datetime) -> datetime | None:
        """Count in one write, so that checks at once do not pass each other; when the hour is over, where it is one too many."""
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
            {"_id": name}, stages, upsert=True, return_document=ReturnDocument.AFTER
        )  # type: ignore[assignment]  # an upsert always gives a document
        return None if found["let"] else found["forget_at"]

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
