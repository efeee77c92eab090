"""Issues and recognises receipts, and counts the failed look-ups of the whole platform.

The limiter holds no address and no receipt: one document per minute, {_id: minute, failed, expires_at}. A look-up comes first and only
failures are counted, so that no flood of wrong receipts keeps anybody from a right one. What it does not do: slow down a
guesser who ignores the answers, because that would need to know who he is. Against guessing stand the 16 digits: with 10,000
reports and 1,000 tries a second, the first hit takes 30 years on average. The limit bounds what guessing costs the database
(past it a failure writes nothing) and raises one warning a minute.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from pymongo import ASCENDING, IndexModel, ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Unavailable
from services.chassis.core.secrets import keyed_hash
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.settings import CivicSettings
from services.integrity.reports.receipts.model import receipt_for, stored_form, untraceable

log = logging.getLogger(__name__)

FAILURES_A_MINUTE = 60
KEPT = timedelta(hours=1)


class Receipts:
    """Receipts under one key; `clock` gives the time by which failures are counted."""

    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("counts wrong receipts of all together")

    def __init__(
        self,
        database: Database,
        key: bytes,
        failures: int = FAILURES_A_MINUTE,
        clock: Callable[[], datetime] = utc_now,
    ):
        self.attempts = database["receipt_attempts"]
        self.failures = failures
        self.clock = clock
        self._keyed = partial(keyed_hash, key)

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Receipts":
        """Make it with the platform's key."""
        settings.required("receipt_key")
        return cls(database, settings.receipt_key)

    def issue(self, call_key: str) -> str:
        """Derive the receipt of a submission; the same key gives the same one again."""
        return receipt_for(self._keyed, call_key)

    def stored(self, receipt: str) -> str:
        """The form in which a receipt is stored; any text has one, so that a malformed one costs the same."""
        return stored_form(self._keyed, receipt)

    def untraceable(self, call_key: str, fingerprint: str) -> tuple[str, str]:
        """The key and fingerprint under which an anonymous call is remembered."""
        return untraceable(self._keyed, call_key, fingerprint)

    def count_failure(self) -> None:
        """Count a look-up that found nothing; raises Unavailable with `retry_after` (seconds) past the minute's limit."""
        now = self.clock()
        minute = now.replace(second=0, microsecond=0)
        failed = self._one_more(minute)
        if failed is None:
            raise Unavailable(
                "receipt.too_many_wrong",
                "查询码有误的次数过多，请核对后过一分钟再试。",
                retry_after=60 - now.second,
            )
        if failed == self.failures:
            log.warning("as many wrong receipts as one minute may have")

    def _one_more(self, minute: datetime) -> int | None:
        """The minute's failures with this one, or None where the limit was reached before."""
        below = {"_id": minute.isoformat(), "failed": {"$lt": self.failures}}
        change = {"$inc": {"failed": 1}, "$setOnInsert": {"expires_at": minute + KEPT}}
        counting = partial(self.attempts.find_one_and_update, below, return_document=ReturnDocument.AFTER)
        try:
            counted = counting(change, upsert=True)
        except DuplicateKeyError:
            # the document is there: full, or made by another in this moment
            counted = counting({"$inc": {"failed": 1}})
        return counted and counted["failed"]

    def create_indexes(self) -> None:
        """Let the minutes expire."""
        expiry = IndexModel([("expires_at", ASCENDING)], name="forgotten_after_an_hour", expireAfterSeconds=0)
        self.attempts.create_indexes([expiry])
