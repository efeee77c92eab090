"""Households of certified residents, enough of them with each mark that an index is worth its while."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import write_call
from services.civic.actor import ANONYMOUS
from services.identity.people.households.model import Ask, Household, Member
from services.identity.people.households.store import HouseholdStore

NOW = datetime.now(UTC).replace(microsecond=0)
AWAY = {"destination": "广东省东莞市", "since": "2024-02-18"}


def make_households(database) -> None:
    """Put every two certified residents of a village, in the order of their ids, into a household."""
    households = HouseholdStore(database)
    households.create_indexes()
    rows = database["residents"].find({"state": "certified"}, {"region": 1}).sort([("region", 1), ("_id", 1)])
    by_village: dict[str, list[str]] = {}
    for row in rows:
        by_village.setdefault(row["region"], []).append(row["_id"])
    for village, ids in by_village.items():
        for number, pair in enumerate(zip(ids[::2], ids[1::2], strict=False)):
            households.add(_household(village, number, *pair), [], _call(f"{village}-{number}"))


def _household(village: str, number: int, head: str, other: str) -> Household:
    at = NOW - timedelta(minutes=number)
    member = Member(
        other,
        "spouse",
        at,
        away=AWAY if number % 5 == 0 else None,
        left_behind=(None, "elder", "child")[number % 3] if number % 5 else None,
        disability_grade=2 if number % 7 == 0 else None,
    )
    asks = [Ask(f"ask-{number}", "remove", other, "other", "", at)] if number % 4 == 0 else []
    head_id = head if number % 9 else None
    members = [Member(head, "head" if head_id else "other", at), member]
    return Household(f"{village}-{number}", village, head_id, members, "official-1", at, asks=asks)


def _call(key: str):
    return write_call("seed", {}, ANONYMOUS, key)
