"""The listening service of these tests, run as a process of its own: `python events_host.py`.

What its handlers do to an event is written in the collection `orders` ({_id: event id, do, times}), so that a
test can mend a handler while it runs.
"""

if __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()

import os
import sys
import time

from services.chassis.core import logs
from services.chassis.core.errors import AlreadyAnswered, Rejected, Unavailable, VersionConflict
from services.chassis.core.settings import Settings
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided


class Ledger:
    """Obeys the orders, then notes the call and its effect."""

    def __init__(self, database):
        self.database = database

    def apply(self, queue: str, event, call, seconds: float = 0.0) -> None:
        note = {"queue": queue, "event": event.id, "subject": event.subject, "sequence": event.sequence}
        begun = time.monotonic()
        self._obey(event)
        if seconds:
            time.sleep(seconds)
        note |= {"key": call.key, "pid": os.getpid(), "begun": begun, "ended": time.monotonic()}
        self.database.effects.update_one({"_id": f"{queue}|{event.id}"}, {"$inc": {"times": 1}}, upsert=True)
        self.database.calls.insert_one(note)

    def _obey(self, event) -> None:
        left = {"_id": event.id, "times": {"$gt": 0}}
        order = self.database.orders.find_one_and_update(left, {"$inc": {"times": -1}})
        match order and order["do"]:
            case "fail":
                raise ValueError("张三 13800000000 must not be seen anywhere")
            case "reject":
                raise Rejected("thing.refused", "不行。")
            case "conflict":
                raise VersionConflict("thing.changed_meanwhile", "不行。")
            case "answered":
                raise AlreadyAnswered(None)
            case "unavailable":
                raise Unavailable("thing.away", "不行。")
            case "die":
                os._exit(9)
            case "sleep":
                time.sleep(order["seconds"])


class Echo:
    """Hears the test's events."""

    name = "echo"
    ledger = Provided(Ledger)

    @hears("test.thing.happened", "test.thing.changed", queue="plain")
    def on_thing(self, event, call):
        self.ledger.apply("plain", event, call)

    @hears("test.thing.added", queue="plain")
    def on_thing_added(self, event, call):
        self.ledger.apply("plain", event, call)

    @hears("test.thing.counted", queue="boxed", inbox=True)
    def on_counted(self, event, call):
        self.ledger.apply("boxed", event, call)


if __name__ == "__main__":
    from services.chassis.runtime.run import serve

    settings = Settings.from_environment()
    logs.set_up("echo", settings.log_level)
    sys.exit(serve(Echo, settings))
