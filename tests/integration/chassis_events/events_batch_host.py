"""The listening service that hears in batches, run as a process of its own: `python events_batch_host.py`.

Its handler obeys the same orders as that of events_host.py, for every event of a batch, and notes the batch's size.
"""

if __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()

import sys

from events_host import Ledger

from services.chassis.core import logs
from services.chassis.core.settings import Settings
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided


class Gather:
    """Hears the test's events, as many at once as have come."""

    name = "gather"
    ledger = Provided(Ledger)

    @hears("test.thing.happened", queue="many", batch=True)
    def on_things(self, batch):
        self.ledger.database.batches.insert_one({"events": [event.id for event, _ in batch]})
        for event, call in batch:
            self.ledger.apply("many", event, call)


if __name__ == "__main__":
    from services.chassis.runtime.run import serve

    settings = Settings.from_environment()
    logs.set_up("gather", settings.log_level)
    sys.exit(serve(Gather, settings))
