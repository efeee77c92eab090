"""The relay's side: a real relay process that drains a backlog, and what it adds to each single write."""

import threading
import time

from benchmarks.events.cost import Cost
from benchmarks.events.place import PATIENCE, Place, read_until, wait_for
from benchmarks.events.publishing import SINK
from benchmarks.events.samples import SERVICE, THINGS, backlog, document, event
from services.chassis.amqp.wake_ups import WakeUpNotifier

RELAY = ("-m", "services.chassis.relay", SERVICE)


def drained(place: Place, cost: Cost, count: int) -> float:
    """Give events per second from the relay's start of work until its last outbox is cleared."""
    database = place.database(SERVICE)
    database.client.drop_database(database.name)
    backlog(database, count)
    place.queue(SINK)
    pending = {"pending_since": {"$exists": True}}
    with place.process(*RELAY) as relay:
        read_until(relay, "relay started")
        cost.begin(relay.pid)
        begun = time.perf_counter()
        wait_for(lambda: database[THINGS].find_one(pending, {"_id": 1}, hint="pending") is None, every=0.02)
        seconds = time.perf_counter() - begun
        cost.note(count)
    kept = database.events.count_documents({})
    if kept != count:
        raise RuntimeError(f"{kept} of {count} events were archived")
    place.delete_queue(SINK)
    database.client.close()
    return count / seconds


class Writer:
    """Commits one document with one event at a time and remembers when each commit was acknowledged."""

    def __init__(self, place: Place, name: str):
        self.things = place.database(SERVICE)[THINGS]
        self.wake_ups = WakeUpNotifier(place.settings.amqp_uri, SERVICE)
        self.name = name
        self.committed: dict[str, float] = {}

    def write(self, count: int, pause: float) -> None:
        """Write so many, one every `pause` seconds at most."""
        due = time.perf_counter()
        for number in range(count):
            told = event(f"{self.name}-{number}", 1)
            self.things.insert_one(document(told.subject, [told]))
            self.committed[told.id] = time.time()
            self.wake_ups.notify(THINGS)
            due = max(due + pause, time.perf_counter())
            time.sleep(max(0.0, due - time.perf_counter()))


def written(place: Place, name: str, writers: int, count: int, pause: float) -> dict[str, float]:
    """Write with several threads; gives when each event's commit was acknowledged (seconds, wall clock)."""
    made = [Writer(place, f"{name}{number}") for number in range(writers)]
    threads = [threading.Thread(target=writer.write, args=(count, pause)) for writer in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    for writer in made:
        writer.wake_ups.close()
        writer.things.database.client.close()
    return {id: at for writer in made for id, at in writer.committed.items()}


class Reader:
    """Notes when each event comes out of a queue, which is when the broker also confirms it."""

    def __init__(self, place: Place, queue: str):
        self.connection = place.connection()
        self.came: dict[str, float] = {}
        self.going = True
        channel = self.connection.channel()
        channel.basic_qos(0, 500, False)
        channel.basic_consume(queue, no_ack=True, callback=self._note)
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def close(self) -> None:
        """Stop reading."""
        self.going = False
        self.thread.join(PATIENCE)
        self.connection.close()

    def _note(self, message) -> None:
        self.came.setdefault(message.properties["message_id"], time.time())

    def _read(self) -> None:
        while self.going:
            try:
                self.connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue
