"""Figures of the services: what waits in their outboxes, when their relay was last seen, what was archived."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pymongo.database import Database

from services.chassis.core.ages import HOUR, Age, age_of, hour_of
from services.chassis.daemons.heartbeat import HEARTBEATS, RELAY
from services.chassis.events.archive import EVENTS
from services.chassis.events.event import UNSENT
from services.chassis.relay.outbox import Outboxes, oldest

LONG_OUTBOX = 1000
"""Events in one document's outbox that are too many: a document holds 16 MB."""

SLOWEST_MS = 5000


@dataclass
class ServiceFigures:
    """One service. `pending`: documents with an outbox; `oldest`: the relay's lag, age of the oldest pending event.

    `archived`: events of the last minute; `archived_this_hour`: those whose time is cut to the hour, which come out in the next one.
    `long_outboxes`: collections with an outbox of more than LONG_OUTBOX events. `unsent`: events that could not be sent on.
    `senders`: when each process beside the relay was last seen, None where it never was.
    """

    name: str
    pending: int
    oldest: Age | None
    relay_seen: Age | None
    archived: int
    archived_this_hour: int
    long_outboxes: list[str]
    unsent: int = 0
    senders: dict[str, Age | None] = field(default_factory=dict)


def service_figures(
    name: str, outboxes: Outboxes, now: datetime, senders: Iterable[str] = ()
) -> ServiceFigures:
    """Give the figures of one service's database; `senders` are the processes that have a heartbeat there beside the relay."""
    database = outboxes.database
    outboxes.look()
    waiting = outboxes.waiting()
    since = oldest(waiting)
    beats = {beat["_id"]: age_of(beat["at"], now) for beat in database[HEARTBEATS].find()}
    hour, minute = hour_of(now), now - timedelta(minutes=1)
    recent = {"time": {"$gte": minute, "$ne": hour}}
    return ServiceFigures(
        name=name,
        pending=sum(one.documents for one in waiting.values()),
        oldest=age_of(since, now) if since else None,
        relay_seen=beats.get(RELAY),
        archived=database[EVENTS].count_documents(recent, maxTimeMS=SLOWEST_MS),
        archived_this_hour=database[EVENTS].count_documents({"time": hour - HOUR}, maxTimeMS=SLOWEST_MS),
        long_outboxes=[one for one in sorted(waiting) if _is_long(database, one)],
        unsent=database[UNSENT].count_documents({}, maxTimeMS=SLOWEST_MS),
        senders={process: beats.get(process) for process in senders},
    )


def _is_long(database: Database, collection: str) -> bool:
    long = {"pending_since": {"$exists": True}, f"outbox.{LONG_OUTBOX}": {"$exists": True}}
    count = database[collection].count_documents(long, limit=1, hint="pending", maxTimeMS=SLOWEST_MS)
    return count > 0
