"""How often one address and one network may verify papers in an hour; who they are is not kept."""

from math import ceil

from pymongo.database import Database

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany
from services.civic.calls import Call
from services.civic.hourly_limits import HourlyLimits, network_of
from services.civic.settings import CivicSettings


class PaperCheckLimits(HourlyLimits):
    """Counts checks of papers."""

    collection = "paper_checks"

    def __init__(self, database: Database, key: bytes = b"", of_address: int = 60, of_network: int = 300):
        super().__init__(database, key, address=of_address, network=of_network)

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "PaperCheckLimits":
        """Make it from the settings."""
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, key, settings.paper_checks_of_address, settings.paper_checks_of_network)

    def count(self, call: Call) -> None:
        """Count one check; raises TooMany. What its address has too many of leaves the network's alone."""
        address = call.caller.address
        for what, place in (("address", address), ("network", network_of(address))):
            if until := self.over("paper checks", what, place, call.now):
                wait = ceil((until - call.now).total_seconds())
                raise TooMany(
                    "result.too_many_checks",
                    f"这个网络核验文书的次数太多，请在{in_words(wait)}后再试；急用的，请打电话向落款单位核实。",
                    retry_after=wait,
                )
