"""Events that a store holds back leave in their time: not before, in the order of their aggregate, each of them, whatever dies meanwhile."""

import signal
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

import pytest
from events_place import eventually
from marshmallow import fields

from services.chassis.amqp import topology
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.core.calls import Call, utc_now
from services.chassis.events.event import Event, public
from services.chassis.events.outbox import HELD_UNTIL, held_back
from services.chassis.relay.outbox import Outboxes
from services.chassis.storage.database import connect
from services.chassis.storage.store import Store

SINK = "sink.held.v1"
HOUR = timedelta(hours=1)


class Told(Event):
    """The test's event."""

    name = "holder.thing.told"
    number = public(fields.Integer(required=True))


@dataclass
class Thing:
    """The test's aggregate."""

    id: str
    region: str = "510183"
    version: int = 0


class Holding(Store):
    """Holds its events back until `until`."""

    service = "holder"
    collection = "things"
    aggregate = Thing
    noun = "thing"
    until = None

    def _entries(self, *args):
        made = super()._entries(*args)
        return held_back(made, self.until) if self.until else made


@pytest.fixture(scope="module")
def heard(place):
    """A queue that wants every event."""
    with place.connect() as connection:
        channel = connection.channel()
        topology.declare_shared(channel, place.settings.retry_delays)
        channel.queue_declare(SINK, durable=True, auto_delete=False, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(SINK, EXCHANGE, "#")
    return place


@pytest.fixture
def things(heard):
    database = connect(heard.settings, "holder")
    for name in database.list_collection_names():
        database.drop_collection(name)
    store = Holding(database)
    store.create_indexes()
    yield store
    database.client.close()


def tell(store, id, until=None) -> None:
    """Write an event that may leave at that time, at once where there is none."""
    store.until = until
    found = store.documents.find_one({"_id": id})
    thing = store.from_document(found) if found else Thing(id)
    events = [("thing.told", {"number": thing.version + 1})]
    store.save(thing, events, Call({})) if found else store.add(thing, events, Call({}))


def let_it_be_time(store, id=None) -> None:
    """Move the times of what is held back into the past, in the same order."""
    for one in store.documents.find({"_id": id or {"$ne": "plain"}}):
        moved = [{**entry, HELD_UNTIL: entry[HELD_UNTIL] - 2 * HOUR} for entry in one["outbox"]]
        change = {"outbox": moved, "pending_since": one["pending_since"] - 2 * HOUR}
        store.documents.update_one({"_id": one["_id"]}, {"$set": change})


def due(store) -> list[tuple[str, list[int]]]:
    pending = Outboxes(store.database).pending("things")
    return [(one.id, [entry["sequence"] for entry in one.entries]) for one in pending]


def test_what_is_held_back_is_not_due_and_counts_as_no_backlog(things):
    tell(things, "held", utc_now() + HOUR)
    outboxes = Outboxes(things.database)
    outboxes.look()
    assert due(things) == [] and outboxes.waiting() == {}
    tell(things, "plain")
    assert due(things) == [("plain", [1])] and outboxes.waiting()["things"].documents == 1
    let_it_be_time(things, "held")
    assert due(things) == [("held", [1]), ("plain", [1])]


def test_a_later_event_waits_for_its_own_time_and_never_overtakes(things):
    tell(things, "a", utc_now() - HOUR)
    tell(things, "a", utc_now() + HOUR)
    tell(things, "b", utc_now() + HOUR)
    tell(things, "b", utc_now() - HOUR)
    assert due(things) == [("a", [1])]
    (sent,) = Outboxes(things.database).pending("things")
    sent.sent = 1
    Outboxes(things.database).clear([sent])
    left = things.documents.find_one({"_id": "a"})
    assert [entry["sequence"] for entry in left["outbox"]] == [2]
    assert left["pending_since"] == left["outbox"][0][HELD_UNTIL] and due(things) == []


def test_it_leaves_by_the_drawn_times_and_not_by_those_of_the_writing(things):
    past = utc_now() - HOUR
    for later, id in enumerate(("first", "second", "third")):
        tell(things, id, past - timedelta(seconds=later))
    assert [id for id, _ in due(things)] == ["third", "second", "first"]


def test_a_relay_leaves_what_is_held_back_and_publishes_all_of_it_once_it_is_time(heard, things):
    soon = utc_now() + HOUR
    for number in range(20):
        for _ in range(1 + number % 3):
            tell(things, f"held{number}", soon)
    tell(things, "plain")
    relay = heard.relay("holder", RELAY_SWEEP="0.2")
    eventually(lambda: things.documents.count_documents({"pending_since": {"$exists": True}}) == 20)
    assert [one.headers["cloudEvents:subject"] for one in heard.drained(SINK)] == ["plain"]
    relay.end(signal.SIGKILL)
    let_it_be_time(things)
    relay = heard.relay("holder", RELAY_SWEEP="0.2")
    eventually(lambda: things.documents.count_documents({"pending_since": {"$exists": True}}) == 0)
    assert relay.end() == 0
    came = defaultdict(list)
    for message in heard.drained(SINK):
        came[message.headers["cloudEvents:subject"]].append(int(message.headers["cloudEvents:sequence"]))
    assert came == {f"held{n}": list(range(1, 2 + n % 3)) for n in range(20)}
    archived = list(things.database.events.find())
    assert len(archived) == sum(map(len, came.values())) + 1
    assert not any(HELD_UNTIL in one for one in archived)
