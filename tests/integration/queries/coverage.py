"""A board of the whole county, with the days of a quarter."""

from datetime import date, timedelta

from services.identity.coverage.model import shown
from services.identity.coverage.store import CoverageStore

DAYS = 90


def make_coverage(database) -> None:
    """Count the county's villages, and keep their days."""
    coverage = CoverageStore(database)
    coverage.create_indexes()
    for number, one in enumerate(database["regions"].find({"_id": {"$regex": "^.{12}$"}}, {"_id": 1})):
        coverage.know(one["_id"])
        coverage.villages.update_one({"_id": one["_id"]}, {"$set": {"certified": number}})
    rows = [shown(found) for digits in (6, 9, 12) for found in coverage.sums(digits)]
    for days in range(DAYS):
        coverage.keep_day((date(2026, 11, 22) - timedelta(days=days)).isoformat(), rows)
