"""What the market keeps otherwise than the version before did."""

from pymongo.collection import Collection

from services.chassis.runtime.migrations import Migration
from services.civic.search_keys import as_saved, computed_anew
from services.market.selling.listings.stock import sold_out
from services.market.selling.listings.store import ListingStore


def _told_whether_sold_out(listings: Collection, documents: list[dict]) -> None:
    """The server compares at the moment of the write: orders go on meanwhile."""
    listings.update_many(
        {"_id": {"$in": [one["_id"] for one in documents]}}, [{"$set": {"sold_out": sold_out()}}]
    )


MIGRATIONS = (
    computed_anew(1, ListingStore.collection, as_saved(ListingStore)),
    # Up to 0.1.0 nothing told what is sold out. Its processes sell without telling it, until the last of them has ended. `repeat`
    # goes with 0.3.0.
    Migration(
        2,
        "which listings are sold out",
        ListingStore.collection,
        {"$expr": {"$ne": ["$sold_out", sold_out()]}},
        _told_whether_sold_out,
        repeat=True,
    ),
)
