"""Open applications of 0.1.0 come on the clock: it looks at each when the time of its step is over.

Of their matter's law nothing is known: they have no date of the law, no extension and no suspension.
"""

from pymongo import UpdateOne
from pymongo.collection import Collection

from services.affairs.matters.applications.on_the_clock import OFFICES_TURN
from services.affairs.matters.applications.store import ApplicationStore

NOT_ON_THE_CLOCK = {"open": True, "escalated": {"$exists": False}}


def brought(source: Collection, rows: list[dict]) -> None:
    """Write into each when the clock looks, unless it was written meanwhile."""
    applications = ApplicationStore(source.database)
    changes = []
    for row in rows:
        one = applications.from_document(row)
        due = one.ends() if one.state in OFFICES_TURN else None
        on_the_clock = {"escalated": 0, "due": due, "calendar": 0}
        changes.append(UpdateOne({"_id": row["_id"], "version": row["version"]}, {"$set": on_the_clock}))
    source.bulk_write(changes, ordered=False)
