"""How many register from one address and one network in an hour; who they are is not kept."""

from datetime import datetime

from pymongo.database import Database

from services.chassis.core.secrets import keyed_hash
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.access.sessions.rules import network_of
from services.identity.access.verification_codes.store import CodeRequests


class Registrations:
    """Counts registrations under keyed hashes that an hour later are gone: no address can be read from them, and nobody followed."""

    def __init__(self, database: Database, key: bytes, of_address: int, of_network: int):
        self.counted, self._key = CodeRequests(database), key
        self._most = {"address": of_address, "network": of_network}

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Registrations":
        """Make it from the settings."""
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, key, settings.registrations_of_address, settings.registrations_of_network)

    def __call__(self, call: Call) -> datetime | None:
        """Count one; None where it is taken, else when the hour is over. What its address has too many of leaves the network's alone."""
        address = call.caller.address
        for what, place in (("address", address), ("network", network_of(address))):
            name = keyed_hash(self._key, "registrations", what, place)
            if until := self.counted.count((name,), self._most[what], call.now):
                return until
        return None
