"""The relay: nothing lost, order kept per aggregate, whatever happens to it."""

import random
import signal
import threading
import time
from collections import defaultdict
from dataclasses import dataclass

import pytest
from events_place import Bridge, Place, eventually, new_place
from marshmallow import fields

from services.chassis.amqp import topology
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core.calls import Call
from services.chassis.events.event import Event, public
from services.chassis.relay.outbox import Outboxes
from services.chassis.storage.database import connect
from services.chassis.storage.store import Store

SINK = "sink.all.v1"


class Moved(Event):
    """The test's event."""

    name = "mover.thing.moved"
    to = public(fields.Integer(required=True))


class Hidden(Event):
    """An event that no queue wants at first."""

    name = "mover.thing.hidden"


@dataclass
class Thing:
    """The test's aggregate."""

    id: str
    region: str = "510183103204"
    version: int = 0
    place: int = 0


class Things(Store):
    """The test's store."""

    service = "mover"
    collection = "things"
    aggregate = Thing
    noun = "thing"


@pytest.fixture
def place():
    """A fresh place with a queue that wants every move."""
    made = new_place()
    with made.connect() as connection:
        channel = connection.channel()
        topology.declare_shared(channel, made.settings.retry_delays)
        # not single-active: the test takes messages out with basic.get
        channel.queue_declare(SINK, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(SINK, EXCHANGE, topology.binding_key("mover.thing.moved"))
    yield made
    made.clear()


@pytest.fixture
def things(place):
    """The store of the service `mover`."""
    database = connect(place.settings, "mover")
    store = Things(database)
    store.create_indexes()
    yield store
    database.client.close()


def move(store: Things, name: str, steps: int, times: int = 1) -> None:
    """Move a thing on, each time with `steps` events in one write."""
    for _ in range(times):
        call = Call({})
        found = store.documents.find_one({"_id": name})
        thing = store.from_document(found) if found else Thing(name)
        events = [("thing.moved", {"to": thing.version + n}) for n in range(steps)]
        store.save(thing, events, call) if found else store.add(thing, events, call)


def nothing_pending(store: Things) -> bool:
    return store.documents.count_documents({"pending_since": {"$exists": True}}) == 0


def received(place: Place) -> dict[str, list[int]]:
    """Give the sequences of each aggregate in the order of their first arrival."""
    found = defaultdict(dict)
    for message in place.drained(SINK):
        found[message.headers["cloudEvents:subject"]][int(message.headers["cloudEvents:sequence"])] = True
    return {subject: list(sequences) for subject, sequences in found.items()}


def assert_everything_came_in_order(place: Place, store: Things) -> None:
    came = received(place)
    wanted = {d["_id"]: list(range(1, d["version"] + 1)) for d in store.documents.find({}, {"version": 1})}
    assert came == wanted
    assert store.documents.count_documents({"outbox": {"$ne": []}}) == 0
    archived = defaultdict(list)
    for document in place.database("mover").events.find().sort([("subject", 1), ("sequence", 1)]):
        archived[document["subject"]].append(document["sequence"])
    assert dict(archived) == wanted


class Writers:
    """Threads that write for some time; everything they wrote is committed."""

    def __init__(self, store: Things, count: int = 3):
        self.store, self.going = store, True
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.going = False
        for thread in self.threads:
            thread.join()

    def _write(self, number: int) -> None:
        chance = random.Random(number)
        while self.going:
            move(self.store, f"thing{number}-{chance.randrange(20)}", chance.choice((1, 1, 1, 3)))


def test_what_is_committed_is_delivered_archived_and_cleared(place, things):
    for n in range(30):
        move(things, f"before{n}", steps=1 + n % 4)
    relay = place.relay("mover")
    eventually(lambda: nothing_pending(things))
    for n in range(30):
        move(things, f"after{n}", steps=2)
    eventually(lambda: nothing_pending(things))
    beat = eventually(lambda: place.database("mover").heartbeats.find_one({"_id": "relay"}))
    assert {"at", "pending", "oldest", "published"} <= set(beat)
    assert relay.end(signal.SIGTERM) == 0
    assert_everything_came_in_order(place, things)


def test_an_event_reaches_a_collection_that_did_not_exist_when_the_relay_started(place):
    relay = place.relay("mover")
    eventually(lambda: relay.said("relay started"))
    database = connect(place.settings, "mover")
    store = Things(database)
    eventually(lambda: place.database("mover").heartbeats.find_one({"_id": "relay"}))
    store.create_indexes()
    move(store, "new", steps=1)
    eventually(lambda: nothing_pending(store))
    database.client.close()
    assert received(place) == {"new": [1]}


def test_cut_broker_connections_in_mid_publish_lose_nothing(place, things):
    relay = place.relay("mover", RELAY_SWEEP="0.5")
    with Writers(things):
        for _ in range(3):
            place.cut_connections("relay")
    eventually(lambda: nothing_pending(things))
    assert relay.said("relay cannot work")
    eventually(lambda: relay.said("relay works again"))
    assert relay.end() == 0
    assert_everything_came_in_order(place, things)


def test_a_relay_killed_again_and_again_under_writes_loses_nothing(place, things):
    chance = random.Random(7)
    with Writers(things):
        for _ in range(6):
            relay = place.relay("mover", RELAY_BATCH="50")
            eventually(lambda relay=relay: relay.said("relay started"))
            before = place.database("mover").events.estimated_document_count()
            eventually(lambda b=before: place.database("mover").events.estimated_document_count() > b)
            time.sleep(chance.random() * 0.4)
            relay.end(signal.SIGKILL)
    relay = place.relay("mover")
    eventually(lambda: nothing_pending(things))
    relay.end()
    assert_everything_came_in_order(place, things)


def test_two_relays_at_once_only_make_duplicates(place, things):
    relays = [place.relay("mover", RELAY_BATCH="20", RELAY_SWEEP="0.1") for _ in range(2)]
    eventually(lambda: all(relay.said("relay started") for relay in relays))
    with Writers(things):
        eventually(lambda: place.database("mover").events.estimated_document_count() > 600)
    eventually(lambda: nothing_pending(things))
    assert [relay.end() for relay in relays] == [0, 0]
    assert_everything_came_in_order(place, things)


def test_an_event_that_no_queue_wants_stays_until_one_does_and_nothing_overtakes_it(place, things):
    for n in range(3):
        things.add(Thing(f"hidden{n}"), [("thing.hidden", {}), ("thing.moved", {"to": 1})], Call({}))
    for n in range(5):
        move(things, f"seen{n}", steps=2)
    relay = place.relay("mover", RELAY_BATCH="2", RELAY_SWEEP="0.3")
    eventually(lambda: things.documents.count_documents({"pending_since": {"$exists": True}}) == 3)
    move(things, "seen9", steps=1)
    eventually(lambda: things.documents.count_documents({"pending_since": {"$exists": True}}) == 3)
    left = {d["_id"] for d in things.documents.find({"outbox": {"$ne": []}})}
    assert left == {f"hidden{n}" for n in range(3)}
    eventually(lambda: relay.said("events stay in their outbox"))
    assert len([line for line in relay.output if "events stay" in line]) == 1
    assert set(received(place)) == {*(f"seen{n}" for n in range(5)), "seen9"}
    with place.connect() as connection:
        connection.channel().queue_bind(SINK, EXCHANGE, "#")
    eventually(lambda: nothing_pending(things))
    assert received(place) == {f"hidden{n}": [1, 2] for n in range(3)}
    relay.end()


def test_clearing_keeps_what_was_pushed_meanwhile(place, things):
    move(things, "busy", steps=2)
    outboxes = Outboxes(place.database("mover"))
    (pending,) = outboxes.pending("things")
    pending.sent = 1
    move(things, "busy", steps=1)
    outboxes.clear([pending])
    document = things.documents.find_one({"_id": "busy"})
    assert [entry["sequence"] for entry in document["outbox"]] == [2, 3]
    assert document["pending_since"] == document["outbox"][0]["time"]
    (pending,) = outboxes.pending("things")
    pending.sent = 2
    outboxes.clear([pending])
    document = things.documents.find_one({"_id": "busy"})
    assert document["outbox"] == [] and "pending_since" not in document
    assert document["version"] == 3


DYING = """
import os, sys
from services.chassis.events import archive
from services.chassis.relay import __main__ as relay
from services.chassis.relay.outbox import Outboxes
{target} = lambda *_: os._exit(9)
sys.exit(relay.main(["mover"]))
"""


@pytest.mark.parametrize("target", ["archive.append", "Outboxes.clear"])
def test_a_relay_that_dies_after_publishing_repeats_and_loses_nothing(place, things, target):
    for n in range(40):
        move(things, f"twice{n}", steps=1 + n % 3)
    before = {d["_id"]: len(d["outbox"]) for d in things.documents.find({}, {"outbox": 1})}
    assert place.run("-c", DYING.format(target=target)).child.wait(60) == 9
    # the broker has some, and none of them has left its outbox
    assert place.depth(SINK) > 0
    assert {d["_id"]: len(d["outbox"]) for d in things.documents.find({}, {"outbox": 1})} == before
    move(things, "twice0", steps=1)
    relay = place.relay("mover")
    eventually(lambda: nothing_pending(things))
    assert relay.end() == 0
    assert_everything_came_in_order(place, things)


def test_a_relay_that_loses_its_database_in_mid_backlog_loses_nothing(place, things):
    bridge = Bridge(place.settings.mongodb_uri)
    relay = place.relay("mover", MONGODB_URI=bridge.uri, RELAY_SWEEP="0.3", RELAY_BATCH="20")
    events = place.database("mover").events
    with Writers(things):
        for _ in range(3):
            before = events.estimated_document_count()
            eventually(lambda b=before: events.estimated_document_count() > b)
            bridge.take_away()
            eventually(lambda: relay.said("relay cannot work"))
            bridge.bring_back()
    eventually(lambda: nothing_pending(things))
    assert relay.end() == 0
    bridge.close()
    assert_everything_came_in_order(place, things)


def test_clearing_many_tells_which_collections_hold_more_and_keeps_it(place, things):
    for n in range(4):
        move(things, f"many{n}", steps=1)
    outboxes = Outboxes(place.database("mover"))
    sent = list(outboxes.pending("things"))
    for pending in sent:
        pending.sent = 1
    move(things, "many2", steps=1)
    assert outboxes.clear(sent) == {"things"}
    assert [(p.id, [entry["sequence"] for entry in p.entries]) for p in outboxes.pending("things")] == [
        ("many2", [2])
    ]
    assert outboxes.clear(sent) == {"things"}
    assert [p.id for p in outboxes.pending("things")] == ["many2"]
