"""How many messages of a queue ever went through a retry queue, or were given up: the collection `queue_counters`.

    {_id: "<queue>", retried, dead}

`retried` also counts events that only waited behind an earlier one. What the broker itself gave up is not counted here.
"""

from contextlib import suppress

from pymongo.database import Database
from pymongo.errors import PyMongoError
from pymongo.write_concern import WriteConcern

from services.chassis.amqp.topology import DEAD

QUEUE_COUNTERS = "queue_counters"


class QueueCounters:
    """Counts the copies that listeners send on; never raises, so that counting stops nobody's work."""

    def __init__(self, database: Database):
        self.documents = database[QUEUE_COUNTERS].with_options(write_concern=WriteConcern(1))

    def __call__(self, exchange: str, queue: str) -> None:
        """Count one copy that the broker took, sent to the dead letters or to a retry queue."""
        what = "dead" if exchange == DEAD else "retried"
        with suppress(PyMongoError):
            self.documents.update_one({"_id": queue}, {"$inc": {what: 1}}, upsert=True)


def tallies(database: Database) -> dict[str, dict]:
    """Give {queue: {retried, dead}} of one service's queues."""
    return {found.pop("_id"): found for found in database[QUEUE_COUNTERS].find()}
