"""What the archives of all services hold of the last time, as an operator asks for it."""

import re
from datetime import datetime
from heapq import merge

from services.chassis.core.ages import hour_of
from services.chassis.core.settings import Settings
from services.chassis.events.archive import EVENTS
from services.chassis.events.event import Envelope
from services.chassis.operations.patterns import Wanted
from services.chassis.operations.places import databases, service_names

MOST = 1000
"""Events of one service that are given at most; the newest ones."""


def archived(
    settings: Settings, wanted: Wanted, since: datetime, services: list[str] | None = None
) -> list[Envelope]:
    """Give the wanted events from `since` on, oldest first; those with a time cut to the hour, from that hour on."""
    asked = {
        "$or": [{"time": {"$gte": since}}, {"time": hour_of(since)}],
        "type": {"$regex": wanted.type_pattern},
        "region": {"$regex": f"^{re.escape(wanted.region)}"},
    }
    found = []
    with databases(settings, services or service_names()) as opened:
        for database in opened.values():
            newest = database[EVENTS].find(asked).sort([("time", -1), ("_id", -1)]).limit(MOST)
            # within one aggregate the sequence is the order, whatever the clocks said
            events = [Envelope.from_document(document) for document in newest]
            found.append(sorted(events, key=lambda event: (event.time, event.subject, event.sequence)))
    return list(merge(*found, key=lambda event: event.time))
