"""What integrity keeps otherwise than the version before did."""

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.chassis.runtime.migrations import Migration
from services.chassis.storage.ngram_search import searchable
from services.civic.search_keys import computed_anew
from services.integrity.reports.cases.rules import somebody_must_take_it


def say_what_waits(source: Collection, reports: list[dict]) -> None:
    """Note of each report whether somebody must take it, unless it was written meanwhile."""
    source.bulk_write(
        [
            UpdateOne(
                {"_id": one["_id"], "version": one["version"]},
                {"$set": {"waits": somebody_must_take_it(one["state"], one.get("handler"))}},
            )
            for one in reports
        ],
        ordered=False,
    )


MIGRATIONS = (
    # processes of 0.1.0 write reports without it, and take it out of those that they change
    Migration(
        1, "what waits for an officer", "reports", {"waits": {"$exists": False}}, say_what_waits, repeat=True
    ),
    computed_anew(2, "categories", lambda _, document: searchable(document["full_name"])),
)
