"""The links of invitations: their secrets are derived with a keyed hash and only hashes are stored, so that nothing is there to steal."""

from pymongo.database import Database

from services.chassis.core.secrets import derived_password, keyed_hash
from services.civic.settings import CivicSettings


class Links:
    """Derives a link's secret from the invitation and the link's number: a lost answer can be asked for again."""

    def __init__(self, key: bytes, address: str):
        self._key, self._address = key, address

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Links":
        """Make it from the settings."""
        return cls(settings.required("identity_hash_key").identity_hash_key, settings.public_url)

    def secret(self, invitation_id: str, number: int) -> str:
        """What proves that somebody was sent the link of this number: 16 characters (92 bits)."""
        return derived_password(self._key, "invitation", invitation_id, str(number))

    def hash_of(self, secret: str) -> str:
        """The hash by which a link is recognised."""
        return keyed_hash(self._key, "invitation link", secret)

    def link(self, secret: str) -> str:
        """The address; the secret stands behind the #, which browsers send to no server and no log."""
        return f"{self._address}/invitation#{secret}"
