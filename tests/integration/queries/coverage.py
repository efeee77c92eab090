"""A board of the whole county, with the days of a quarter."""

from datetime import date, timedelta

from services.identity.people.coverage.model import shown
from services.identity.people.coverage.store import CoverageStore

DAYS = 90


def make_coverage(database) -> None:
    """Count the county's villages, and keep their days."""
    coverage = CoverageStore(database)
    coverage.create_indexes()
    villages = {"edition": "2019", "region": {"$regex": "^.{12}$"}}
    for number, village in enumerate(database["regions"].distinct("region", villages)):
        coverage.know(village)
        coverage.villages.update_one({"_id": village}, {"$set": {"certified": number}})
    rows = [{**shown(found), "edition": "2019"} for digits in (6, 9, 12) for found in coverage.sums(digits)]
    for days in range(DAYS):
        coverage.keep_day((date(2026, 11, 22) - timedelta(days=days)).isoformat(), rows)
