"""Bells: who wrote is heard at once; what is not heard is found by the sweep."""

import threading

import pytest
from events_place import PATIENCE, eventually, new_place
from test_event_relay import Things, move

from services.chassis.amqp import wake_ups
from services.chassis.amqp.topology import EXCHANGE, declare_shared
from services.chassis.amqp.wake_ups import WakeUps
from services.chassis.core.settings import Settings
from services.chassis.storage import inbox
from services.chassis.storage.database import connect


class Ear:
    """Waits for the rings of one service and notes them."""

    def __init__(self, uri, service):
        self.rung, self.stopping = [], threading.Event()
        told = (uri, service, self.rung.append, self.stopping)
        self.thread = threading.Thread(target=wake_ups.hear, args=told)
        self.thread.start()
        eventually(lambda: self.rung == [wake_ups.ANYTHING])

    def end(self):
        self.stopping.set()
        self.thread.join(PATIENCE)


@pytest.fixture(scope="module")
def place():
    made = new_place()
    yield made
    made.clear()


@pytest.fixture
def ears(place):
    """Make ears that are closed after the test."""
    made = []

    def ear(service):
        made.append(Ear(place.settings.amqp_uri, service))
        return made[-1]

    yield ear
    for one in made:
        one.end()


@pytest.fixture
def bell(place):
    made = WakeUps(place.settings.amqp_uri, "mover")
    yield made
    made.close()


@pytest.fixture
def things(place, bell):
    """A store whose database rings, as in a service."""
    database = connect(place.settings, "mover")
    database.bell = bell
    yield Things(database)
    database.client.close()


def test_a_ring_reaches_everybody_who_waits_for_that_service_and_nobody_else(ears, bell):
    two, other = [ears("mover"), ears("mover")], ears("sitter")
    bell.ring("things")
    for ear in two:
        eventually(lambda ear=ear: ear.rung == [wake_ups.ANYTHING, "things"])
    ears("sitter")  # came after the ring, through the same exchange
    assert other.rung == [wake_ups.ANYTHING]


def test_only_a_write_with_events_rings(ears, things):
    ear = ears("mover")
    move(things, "silent", steps=0)
    move(things, "loud", steps=1)
    eventually(lambda: ear.rung[1:] == ["things"])


def test_a_transaction_rings_again_when_it_is_committed(ears, things):
    ear = ears("mover")
    database = things.documents.database
    rung_inside = []

    def effect():
        move(things, "inside", steps=1)
        eventually(lambda: "things" in ear.rung)
        rung_inside.extend(ear.rung)

    for name in (inbox.INBOX, things.collection):
        if name not in database.list_collection_names():
            database.create_collection(name)
    inbox.apply_once(database, "queue", "event", effect)
    eventually(lambda: ear.rung[len(rung_inside) :] == [wake_ups.ANYTHING])


def test_a_lost_connection_is_made_again_and_then_everything_may_have_been_missed(place, ears, bell):
    ear = ears("mover")
    bell.ring("before")
    eventually(lambda: "before" in ear.rung)
    place.cut_connections(least=2)
    eventually(lambda: ear.rung.count(wake_ups.ANYTHING) == 2)

    def heard():
        bell.ring("after")
        return "after" in ear.rung

    eventually(heard)


def test_a_relay_that_never_sweeps_publishes_what_is_rung(place, things):
    relay = place.relay("mover", RELAY_SWEEP="100000")
    eventually(lambda: relay.said("relay started"))
    with place.connect() as connection:
        declare_shared(connection.channel(), ())
        connection.channel().queue_declare("sink", durable=True, auto_delete=False)
        connection.channel().queue_bind("sink", EXCHANGE, "#")
    pending = {"pending_since": {"$exists": True}}
    for number in range(5):
        move(things, f"rung-{number}", steps=1)
        eventually(lambda: things.documents.count_documents(pending) == 0)
    assert relay.end() == 0


def test_a_ring_without_a_broker_holds_nobody_up_and_a_relay_finds_what_was_written(place):
    settings = Settings.from_environment(place.env(AMQP_URI="amqp://127.0.0.1:1"))
    database = connect(settings, "deaf")
    database.bell = WakeUps(settings.amqp_uri, "deaf")
    move(Things(database), "written", steps=1)
    assert database.things.count_documents({"pending_since": {"$exists": True}}) == 1
    database.bell.close()
    database.client.close()
