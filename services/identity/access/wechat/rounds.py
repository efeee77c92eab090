"""The word (`state` of OAuth 2.0) that goes to WeChat and comes back: that the browser that comes back is the one that went.

    state     <good until, 10 digits><random, 32 hex digits><keyed hash of what it is for and of all that, 64 hex digits>

Letters and digits only, at most 128 of them: WeChat takes nothing else. Nothing is kept of a word that was given; of one that came back its
keyed hash is kept as long as it would be good, so that it is good once:

    {_id: keyed hash of the state, forget_at}

Source: RFC 6749 section 10.12, RFC 9700 section 4.7.
"""

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

LIFETIME = timedelta(minutes=10)
"""From here to WeChat and back; WeChat's own code is good for five minutes."""
STATE = re.compile(r"([0-9]{10})[0-9a-f]{96}")
PROOF = 64
INDEXES = (IndexModel([("forget_at", ASCENDING)], name="forget", expireAfterSeconds=0),)


class Rounds:
    """Gives words and takes each once; `of` names whose it is: the browser's secret, or person and session."""

    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("keyed hashes of random words, gone minutes later")

    def __init__(self, database: Database, key: bytes):
        self.documents = database["wechat_rounds"]
        self._key = key

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Rounds":
        """Make it from the settings."""
        return cls(database, settings.required("identity_hash_key").identity_hash_key)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        self.documents.create_indexes(list(INDEXES))

    def give(self, what: str, of: tuple[str, ...], now: datetime) -> tuple[str, datetime]:
        """Make a word, and say until when it is good."""
        until = int((now + LIFETIME).timestamp())
        head = f"{until:010d}{secrets.token_hex(16)}"
        return head + self._proof(what, of, head), datetime.fromtimestamp(until, UTC)

    def spend(self, what: str, of: tuple[str, ...], state: str, now: datetime) -> bool:
        """Take a word, once; False for one of somebody else, one for something else, a used one and one that is over."""
        read = STATE.fullmatch(state)
        if not read:
            return False
        head, proof = state[:-PROOF], state[-PROOF:]
        until = datetime.fromtimestamp(int(read[1]), UTC)
        return (
            compare_digest(self._proof(what, of, head), proof) and now < until and self._first(state, until)
        )

    def _first(self, state: str, until: datetime) -> bool:
        """Let the unique `_id` decide, so that of many who spend it at once one does."""
        try:
            self.documents.insert_one({"_id": self._hash("spent", state), "forget_at": until})
        except DuplicateKeyError:
            return False
        return True

    def _proof(self, what: str, of: tuple[str, ...], head: str) -> str:
        return self._hash(what, head, *of)

    def _hash(self, *parts: str) -> str:
        return keyed_hash(self._key, "wechat round", *parts)
