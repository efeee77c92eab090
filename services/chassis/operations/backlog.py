"""How old the oldest message of a capability's queue is, estimated.

RabbitMQ does not tell it for quorum queues, and taking a message to look at it would disturb the order under a single
active consumer. Queues are first in, first out: with n messages in it, its oldest is about the nth newest of the archived
events that its bindings want. Events that came again through a retry queue make it an estimate.
"""

import re
from datetime import datetime

from pymongo.database import Database

from services.chassis.core.ages import Age, age_of
from services.chassis.events.archive import EVENTS

LOOKED_BACK = 5000
"""Events that are looked back at most; a longer queue is "more than" so old."""

SLOWEST_MS = 3000


def oldest_in(opened: dict[str, Database], keys: list[str], depth: int, now: datetime) -> Age | None:
    """Give the age of the oldest of `depth` messages; None where there is none or nothing is known."""
    if not depth:
        return None
    times: list[datetime] = []
    for service, database in opened.items():
        wanted = _types(service, keys)
        if wanted is not None:
            asked = {"type": {"$regex": wanted}} if wanted else {}
            newest = database[EVENTS].find(asked, {"time": 1}, max_time_ms=SLOWEST_MS)
            newest = newest.sort("time", -1).limit(min(depth, LOOKED_BACK))
            times += [found["time"] for found in newest]
    times = sorted(times, reverse=True)[: min(depth, LOOKED_BACK)]
    if not times:
        return None
    return age_of(times[-1], now, "more than" if depth > LOOKED_BACK else "about")


def _types(service: str, keys: list[str]) -> str | None:
    """Give a regular expression for the types of a service's events that the keys want; "": all, None: none."""
    if "#" in keys:
        return ""
    names = [key.partition(".#")[0] for key in keys if key.startswith(f"{service}.")]
    return rf"^xiangzhi\.({'|'.join(map(re.escape, names))})\.v" if names else None
