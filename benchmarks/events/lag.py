"""From a committed write to its confirmed publish and to its effect in a listener, in milliseconds."""

import threading
import time

from benchmarks.events.host import KINDS
from benchmarks.events.listening import HOST
from benchmarks.events.place import Place, read_until, wait_for
from benchmarks.events.publishing import SINK
from benchmarks.events.relaying import RELAY, Reader, written
from benchmarks.events.samples import SERVICE, THINGS
from services.chassis.runtime.declare import declare_all
from services.chassis.storage.store import PENDING

LOADS = {
    "idle": {"writers": 1, "count": 150, "pause": 0.1},
    "load": {"writers": 5, "count": 500, "pause": 0.01},
}
"""Lone writes, so far apart that the relay rests in between; 500 writes a second for five seconds."""


def lags(place: Place, kind: str = "batch") -> dict[str, list[float]]:
    """Give the lags of every event: {"idle published": [ms], "idle applied": ..., "load published": ...}."""
    database = place.database(SERVICE)
    database.client.drop_database(database.name)
    database[THINGS].create_indexes([PENDING])
    declare_all(place.settings, [KINDS[kind]])
    place.queue(SINK)
    found: dict[str, list[float]] = {}
    applied: dict[str, float] = {}
    with place.process(*RELAY) as relay, place.process(*HOST, kind, BENCH_TELL="1") as listener:
        read_until(relay, "relay started")
        read_until(listener, "listening")
        threading.Thread(target=_note, args=(listener.stdout, applied), daemon=True).start()
        reader = Reader(place, SINK)
        time.sleep(1)
        for name, load in LOADS.items():
            committed = written(place, name, **load)
            wait_for(lambda c=committed: len(reader.came.keys() & c) == len(applied.keys() & c) == len(c))
            found[f"{name} published"] = [(reader.came[id] - at) * 1000 for id, at in committed.items()]
            found[f"{name} applied"] = [(applied[id] - at) * 1000 for id, at in committed.items()]
        reader.close()
    place.delete_queue(SINK)
    place.delete_queue(f"ear.{kind}.v1")
    database.client.close()
    return found


def _note(lines, applied: dict[str, float]) -> None:
    for line in lines:
        if line.startswith("applied "):
            _, id, at = line.split()
            applied.setdefault(id, float(at))
