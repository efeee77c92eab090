"""How often progress may be looked up in an hour: of one number, by one address and by one network; who asks is not kept."""

from math import ceil

from pymongo.database import Database

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany
from services.civic.calls import Call
from services.civic.hourly_limits import HourlyLimits, network_of
from services.civic.settings import CivicSettings


class LookUpLimits(HourlyLimits):
    """Counts look-ups, right and wrong ones alike: a number that is none is counted as one that is."""

    collection = "progress_look_ups"

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "LookUpLimits":
        """Make it from the settings."""
        return cls(
            database,
            settings.required("identity_hash_key").identity_hash_key,
            address=settings.look_ups_of_address,
            network=settings.look_ups_of_network,
            number=settings.look_ups_of_number,
        )

    def count(self, call: Call) -> None:
        """Count one look-up; raises TooMany. What one has too many of leaves alone what others share with it."""
        address = call.caller.address
        shared = {"address": address, "network": network_of(address), "number": call.data["number"]}
        for what, value in shared.items():
            if until := self.over("progress look-ups", what, value, call.now):
                wait = ceil((until - call.now).total_seconds())
                raise TooMany(
                    "application.too_many_look_ups",
                    f"查得太多了，请在{in_words(wait)}后再查；急着知道的，请打电话问受理单位。",
                    retry_after=wait,
                )
