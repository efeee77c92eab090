"""What was looked for in vain: the words and how often, nobody's; the editors see which names are missing in what they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.cleaning import is_number
from services.chassis.core.clock import CHINA
from services.chassis.core.scope import path_of
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson

KEPT = timedelta(days=30)
"""After the last time that it was asked: our choice, long enough for a monthly look."""
LISTED_FROM = 3
"""Days on which something was asked before an editor sees it: what one person typed, however often, may be a name, and is nobody's business."""
MOST_DIGITS = 4
"""With more of them in a row it may be a number of a person or a phone, and is not kept."""
LONGEST, MOST_KEPT = 20, 5_000


@dataclass(frozen=True)
class VainSearch:
    """One question that found nothing, as an editor sees it."""

    words: str
    count: int
    last_at: datetime

    @classmethod
    def of(cls, found: dict) -> VainSearch:
        """Make it of its document."""
        return cls(found["words"], found["count"], found["last_at"])


class VainSearchStore:
    """The collection of one service; it forgets by itself, and takes no more than MOST_KEPT."""

    collection = "vain_searches"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("words that were looked for, without who asked; none with a number in it")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def note(self, words: list[str], now: datetime, region: str) -> None:
        """Count the days on which a question found nothing: who asks it again on one day counts once."""
        asked = " ".join(words)
        if not may_be_kept(asked) or self.documents.estimated_document_count() >= MOST_KEPT:
            return
        today = now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        counted = {"$add": [{"$ifNull": ["$count", 0]}, {"$cond": [{"$lt": ["$last_at", today]}, 1, 0]}]}
        known = {"words": {"$literal": asked}, "region": region, "regions": path_of(region)}
        kept = {"count": counted, "last_at": now, "forget_at": now + KEPT}
        listed = {"listed": {"$gte": ["$count", LISTED_FROM]}}
        self.documents.update_one(
            {"_id": f"{region}:{asked}"}, [{"$set": {**known, **kept}}, {"$set": listed}], upsert=True
        )

    def create_indexes(self) -> None:
        """Create the index that forgets and the one of the list."""
        self.documents.create_indexes(
            [
                IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
                IndexModel(
                    [
                        ("regions", ASCENDING),
                        ("listed", ASCENDING),
                        ("count", DESCENDING),
                        ("_id", DESCENDING),
                    ],
                    name="most_asked_first",
                ),
            ]
        )


def may_be_kept(asked: str) -> bool:
    """Tell whether words are short enough to be a question, and hold no number that could be a person's."""
    run = longest = 0
    for character in asked:
        run = run + 1 if is_number(character) else 0
        longest = max(longest, run)
    return 2 <= len(asked) <= LONGEST and longest <= MOST_DIGITS
