"""The service's published events, append-only, for replay and audit: the collection `events`.

{_id: event id, ...envelope fields}. The only time in it is the event's own: an anonymous report's is cut to the hour, and an
exact one beside it would undo that.
"""

from pymongo import IndexModel
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from services.chassis.events.outbox import HELD_UNTIL

EVENTS = "events"
DUPLICATE_KEY = 11000

INDEXES = (IndexModel([("time", 1), ("_id", 1)], name="by_time"),)


def append(database: Database, entries: list[dict]) -> None:
    """Keep published events; one that is there already stays as it is."""
    documents = [{"_id": entry["id"], **_event_alone(entry)} for entry in entries]
    try:
        database[EVENTS].insert_many(documents, ordered=False)
    except BulkWriteError as error:
        others = [e for e in error.details["writeErrors"] if e["code"] != DUPLICATE_KEY]
        if others or error.details["writeConcernErrors"]:
            raise


def _event_alone(entry: dict) -> dict:
    """Leave out until when an event was held back."""
    return {name: value for name, value in entry.items() if name != HELD_UNTIL}
