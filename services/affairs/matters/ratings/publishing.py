"""What is published of bad ratings, and what a clerk reads of the own ones: never so few that it tells of one person.

Published are level, matter, office, months and how it was mended. The months are a block: of one matter at one office months are taken together
until five ratings have come, bad or good; then the block is frozen for good. Every difference of two published sets is made of whole
blocks, and so holds nobody or at least five.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of

if TYPE_CHECKING:
    from services.affairs.matters.ratings.store import RatingStore

FEWEST = 5
"""Ratings in a block."""

FEWEST_OF_A_CLERK = 10
"""Ratings of a month from which on a clerk reads its totals."""

MONTHS_SHOWN = 12
HEARD_LATE = timedelta(days=1)
"""A month is over once what was rated on its last evening has been heard."""


def month_of(moment: datetime) -> str:
    """The month in China, as 2026-11."""
    return day_of(moment).isoformat()[:7]


def freeze_blocks(ratings: RatingStore, now: datetime) -> int:
    """Freeze what has become a block with the months that are over; gives how many ratings. Of two at once both write the same."""
    ended = {"block_until": "", "month": {"$lt": month_of(now - HEARD_LATE)}}
    county = {"$arrayElemAt": ["$regions", 0]}
    of = {"county": county, "office": "$office", "matter_id": "$matter_id"}
    found = ratings.documents.aggregate(
        [
            {"$match": ended},
            {
                "$group": {
                    "_id": of,
                    "n": {"$sum": 1},
                    "since": {"$min": "$month"},
                    "until": {"$max": "$month"},
                }
            },
            {"$match": {"n": {"$gte": FEWEST}}},
        ]
    )
    frozen = 0
    for one in found:
        these = {**ended, "office": one["_id"]["office"], "matter_id": one["_id"]["matter_id"]}
        block = {"block_since": one["since"], "block_until": one["until"], "published": "$ended"}
        changed = ratings.documents.update_many(
            {**these, "regions": one["_id"]["county"]},
            [{"$set": {**block, "version": {"$add": ["$version", 1]}}}],
        )
        frozen += changed.modified_count
    return frozen


def totals_of(ratings: RatingStore, official: str, now: datetime) -> list[dict]:
    """Give the last twelve months that are over as {month, count, levels}, both None below ten; malicious ones do not count."""
    months = _months_before(now)
    where = {"official_id": official, "month": {"$gte": months[-1], "$lte": months[0]}}
    found = ratings.documents.aggregate(
        [
            {"$match": {**where, "state": {"$ne": "malicious"}}},
            {"$group": {"_id": {"month": "$month", "level": "$level"}, "n": {"$sum": 1}}},
        ]
    )
    counted: dict[str, list[int]] = {month: [0] * 5 for month in months}
    for one in found:
        counted[one["_id"]["month"]][one["_id"]["level"] - 1] += one["n"]
    return [_told(month, counted[month]) for month in months]


def _told(month: str, levels: list[int]) -> dict:
    enough = sum(levels) >= FEWEST_OF_A_CLERK
    return {"month": month, "count": sum(levels) if enough else None, "levels": levels if enough else None}


def _months_before(now: datetime) -> list[str]:
    """The months that are over, the last first."""
    months, first = [], day_of(now - HEARD_LATE).replace(day=1)
    for _ in range(MONTHS_SHOWN):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(first.isoformat()[:7])
    return months
