"""Counters: an aggregate with one event, for the tests of saving only."""

from dataclasses import dataclass

from marshmallow import fields
from pymongo import ASCENDING, IndexModel

from services.chassis.core.calls import write_call
from services.chassis.events.event import DECLARED, Event, public
from services.chassis.storage.store import Store
from services.civic.actor import ANONYMOUS


class CounterMoved(Event):
    """A counter moved."""

    name = "example.counter.moved"
    to = public(fields.Integer(required=True))


# the fixture `counters` declares it for its test, so that no other test meets it
del DECLARED[CounterMoved.name, 1]


@dataclass
class Counter:
    """What is saved."""

    id: str
    region: str = "510183103204"
    label: str = ""
    value: int = 0
    version: int = 0

    def move(self):
        self.value += 1
        return [("counter.moved", {"to": self.value})]


class CounterStore(Store):
    """The counters' collection."""

    service = "example"
    collection = "counters"
    aggregate = Counter
    noun = "counter"
    indexes = (IndexModel([("label", ASCENDING)], name="label", unique=True, sparse=True),)


def call(key="key-of-the-client", data=None):
    """Make a writing call under this key."""
    return write_call("move", data or {}, ANONYMOUS, key, render=lambda counter: {"value": counter.value})


def add(counters, id="c1", key="adding", **values):
    """Add a counter with its first event."""
    counter = Counter(id, **values)
    counters.add(counter, [("counter.moved", {"to": 0})], call(key))
    return counter
