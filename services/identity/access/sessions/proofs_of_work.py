"""Proof of work: whoever is asked to wait may compute instead, so that what strangers do locks nobody out.

    challenge   <bits>.<good until, seconds since 1970>.<random>.<keyed hash of what it is for and of all that>
    proof       <challenge>:<solution>, where SHA-256 of the proof begins with so many zero bits

Nothing is kept of a challenge: its keyed hash tells for what and until when it is good. Of a proof that was spent a keyed hash
is kept for as long:

    {_id: keyed hash of the challenge, forget_at}

Source: A. Back, "Hashcash: A Denial of Service Counter-Measure" (2002).
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.core.secrets import keyed_hash
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.settings import CivicSettings

LIFETIME = timedelta(minutes=5)
HEAD = re.compile(r"([0-9]{1,2})\.([0-9]{1,12})\.[0-9a-f]{32}")
INDEXES = (IndexModel([("forget_at", ASCENDING)], name="forget", expireAfterSeconds=0),)


class ProofsOfWork:
    """Makes challenges, and takes each proof of one once; `bits` is the work, about 2 to that power hashes."""

    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("keyed hashes of challenges, gone minutes later")

    def __init__(self, database: Database, key: bytes, bits: int):
        self.documents = database["spent_proofs"]
        self._key, self._bits = key, bits

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "ProofsOfWork":
        """Make it from the settings."""
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, key, settings.proof_of_work_bits)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes(list(INDEXES))

    def challenge(self, what: str, of: str, now: datetime) -> dict:
        """Ask for work, which then is good for this alone: `what` is done, `of` the account or the phone; nobody reads it out of it."""
        until = int((now + LIFETIME).timestamp())
        head = f"{self._bits}.{until}.{secrets.token_hex(16)}"
        return {
            "challenge": f"{head}.{self._signature(what, of, head)}",
            "algorithm": "SHA-256",
            "bits": self._bits,
            "expires_at": datetime.fromtimestamp(until, UTC).isoformat(),
        }

    def spend(self, what: str, of: str, proof: str | None, now: datetime) -> bool:
        """Take a proof, once; False for none, a wrong or a used one, one that is over, and one that was asked for otherwise."""
        challenge = (proof or "").partition(":")[0]
        head, _, signature = challenge.rpartition(".")
        asked = HEAD.fullmatch(head)
        if not asked or not compare_digest(signature.encode(), self._signature(what, of, head).encode()):
            return False
        until = datetime.fromtimestamp(int(asked[2]), UTC)
        return now < until and is_solved(proof or "", int(asked[1])) and self._first(challenge, until)

    def _first(self, challenge: str, until: datetime) -> bool:
        """Let the unique `_id` decide, so that of many who spend it at once one does."""
        try:
            self.documents.insert_one({"_id": self._hash("spent proof", challenge), "forget_at": until})
        except DuplicateKeyError:
            return False
        return True

    def _signature(self, what: str, of: str, head: str) -> str:
        return self._hash("proof of work", what, of, head)

    def _hash(self, *parts: str) -> str:
        return keyed_hash(self._key, *parts)


def is_solved(proof: str, bits: int) -> bool:
    """Whether SHA-256 of the proof begins with so many zero bits."""
    return int.from_bytes(hashlib.sha256(proof.encode()).digest()) >> (256 - bits) == 0
