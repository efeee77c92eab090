"""The listening service that is measured, run as a process of its own: `python -m benchmarks.events.host <kind>`.

After `expected` events (BENCH_EXPECTED) it says how long they took from the first to the last; with
BENCH_TELL it says when each was applied.
"""

if __name__ == "__main__":
    import eventlet

    eventlet.monkey_patch()

import os
import sys
import time

from benchmarks.events.samples import SERVICE
from services.chassis.core import logs
from services.chassis.core.settings import Settings
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.projection import Projection

TELL = bool(os.environ.get("BENCH_TELL"))
EXPECTED = int(os.environ.get("BENCH_EXPECTED", "0"))


class Seen(Projection):
    """A sequence-guarded copy, as every service keeps one of residents."""

    collection = "seen"


class Clock:
    """Notes the handled events."""

    def __init__(self, database):
        self.count = 0

    def applied(self, event) -> None:
        """Count one event as applied."""
        now = time.time()
        if self.count == 0:
            self.begun = now
            print("first event", flush=True)
        self.count += 1
        if TELL:
            print(f"applied {event.id} {now}", flush=True)
        if self.count == EXPECTED:
            print(f"handled {now - self.begun}", flush=True)


def known(event) -> dict:
    """Give what a copy keeps."""
    return {"region": event.region, "state": event.data["state"]}


class Noop:
    """Hears and does nothing."""

    name = "ear"
    clock = Provided(Clock)

    @hears(f"{SERVICE}.thing.moved", queue="noop")
    def on_thing(self, event, call):
        self.clock.applied(event)


class Copying:
    """Hears and keeps a copy, one write per event."""

    name = "ear"
    clock, seen = Provided(Clock), Provided(Seen)

    @hears(f"{SERVICE}.thing.moved", queue="copy")
    def on_thing(self, event, call):
        self.seen.learn(event.subject, event.sequence, known(event))
        self.clock.applied(event)


class CopyingMany:
    """Hears and keeps a copy, one write for all that have come."""

    name = "ear"
    clock, seen = Provided(Clock), Provided(Seen)

    @hears(f"{SERVICE}.thing.moved", queue="batch", batch=True)
    def on_things(self, batch):
        self.seen.learn_many([(event.subject, event.sequence, known(event)) for event, _ in batch])
        for event, _ in batch:
            self.clock.applied(event)


class Boxed:
    """Hears and keeps a copy in a transaction with an inbox row."""

    name = "ear"
    clock, seen = Provided(Clock), Provided(Seen)

    @hears(f"{SERVICE}.thing.moved", queue="inbox", inbox=True)
    def on_thing(self, event, call):
        self.seen.learn(event.subject, event.sequence, known(event))
        self.clock.applied(event)


KINDS = {"noop": Noop, "copy": Copying, "batch": CopyingMany, "inbox": Boxed}

if __name__ == "__main__":
    from services.chassis.runtime.run import serve

    settings = Settings.from_environment()
    logs.set_up("ear", settings.log_level)
    sys.exit(serve(KINDS[sys.argv[1]], settings))
