"""Figures of the services: what waits in their outboxes, when their relay was last seen, what was archived."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pymongo.database import Database

from services.chassis.core.ages import HOUR, Age, age_of, hour_of
from services.chassis.events.archive import EVENTS
from services.chassis.events.event import UNSENT
from services.chassis.relay.loop import HEARTBEATS
from services.chassis.relay.outbox import Outboxes, oldest

LONG_OUTBOX = 1000
"""Events in one document's outbox that are too many: a document holds 16 MB."""

SLOWEST_MS = 5000


@dataclass
class ServiceFigures:
    """One service. `pending`: documents with an outbox; `oldest`: the relay's lag, age of the oldest pending event.

    `archived`: events of the last minute; `archived_this_hour`: those whose time is cut to the hour, which come out in the next one.
    `long_outboxes`: collections with an outbox of more than LONG_OUTBOX events. `unsent`: events that could not be sent on.
    """

    name: str
    pending: int
    oldest: Age | None
    relay_seen: Age | None
    archived: int
    archived_this_hour: int
    long_outboxes: list[str]
    unsent: int = 0


def service_figures(name: str, outboxes: Outboxes, now: datetime) -> ServiceFigures:
    """Give the figures of one service's database."""
    database = outboxes.database
    outboxes.look()
    waiting = outboxes.waiting()
    since = oldest(waiting)
    beat = database[HEARTBEATS].find_one({"_id": "relay"})
    hour, minute = hour_of(now), now - timedelta(minutes=1)
    recent = {"time": {"$gte": minute, "$ne": hour}}
    return ServiceFigures(
        name=name,
        pending=sum(one.documents for one in waiting.values()),
        oldest=age_of(since, now) if since else None,
        relay_seen=age_of(beat["at"], now) if beat else None,
        archived=database[EVENTS].count_documents(recent, maxTimeMS=SLOWEST_MS),
        archived_this_hour=database[EVENTS].count_documents({"time": hour - HOUR}, maxTimeMS=SLOWEST_MS),
        long_outboxes=[one for one in sorted(waiting) if _is_long(database, one)],
        unsent=database[UNSENT].count_documents({}, maxTimeMS=SLOWEST_MS),
    )


def _is_long(database: Database, collection: str) -> bool:
    long = {"pending_since": {"$exists": True}, f"outbox.{LONG_OUTBOX}": {"$exists": True}}
    count = database[collection].count_documents(long, limit=1, hint="pending", maxTimeMS=SLOWEST_MS)
    return count > 0
