"""How many numbers that are nobody's somebody may name in an hour: who guesses is stopped before they hit a stranger; who they are is not kept."""

from math import ceil

from pymongo.database import Database

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany
from services.civic.calls import Call
from services.civic.hourly_limits import HourlyLimits, network_of
from services.civic.settings import CivicSettings

PURPOSE = "numbers of people"


class NumberGuesses(HourlyLimits):
    """Counts every number before it is looked up, so that those at once do not pass each other, and takes back those that were somebody's."""

    collection = "number_guesses"

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "NumberGuesses":
        """Make it from the settings."""
        return cls(
            database,
            settings.required("identity_hash_key").identity_hash_key,
            account=settings.number_guesses_of_account,
            address=settings.number_guesses_of_address,
            network=settings.number_guesses_of_network,
        )

    def count(self, call: Call) -> None:
        """Count one number that is asked for; raises TooMany."""
        for what, value in _who(call).items():
            if until := self.over(PURPOSE, what, value, call.now):
                wait = ceil((until - call.now).total_seconds())
                raise TooMany(
                    "resident.too_many_numbers",
                    f"没有人用的编号试得太多了，请在{in_words(wait)}后再试。请让对方打开“我的身份”，照着“我的编号”念给您。",
                    retry_after=wait,
                )

    def hit(self, call: Call) -> None:
        """Take back the one that was counted: it was somebody's."""
        for what, value in _who(call).items():
            self.take_back(PURPOSE, what, value)


def _who(call: Call) -> dict[str, str]:
    """Who asks: the account that names somebody, and where from; a gateway of the version before tells neither."""
    account, address = call.data["asked_by"], call.caller.address
    known = {"account": account, "address": address, "network": network_of(address) if address else ""}
    return {what: value for what, value in known.items() if value}
