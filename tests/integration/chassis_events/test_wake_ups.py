"""Wake-ups: who wrote is heard at once; what is not heard is found by the sweep."""

import pytest
from events_place import eventually, new_place
from test_event_relay import Things, move

from services.chassis.amqp import wake_ups
from services.chassis.amqp.topology import EXCHANGE, declare_shared
from services.chassis.amqp.waiting import WakeUpListener
from services.chassis.amqp.wake_ups import WakeUpNotifier
from services.chassis.core.settings import Settings
from services.chassis.storage import inbox
from services.chassis.storage.database import connect


class Ear:
    """Waits for the wake-ups of one service and notes them."""

    def __init__(self, uri, service):
        self.heard = []
        self.listener = WakeUpListener(uri, service, self.heard.append)
        self.listener.start()
        eventually(lambda: self.heard == [wake_ups.ANYTHING])


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
        one.listener.close()


@pytest.fixture
def notifier(place):
    made = WakeUpNotifier(place.settings.amqp_uri, "mover")
    yield made
    made.close()


@pytest.fixture
def things(place, notifier):
    """A store whose database notifies, as in a service."""
    database = connect(place.settings, "mover")
    database.wake_ups = notifier
    yield Things(database)
    database.client.close()


def test_a_notification_reaches_everybody_who_waits_for_that_service_and_nobody_else(ears, notifier):
    two, other = [ears("mover"), ears("mover")], ears("sitter")
    notifier.notify("things")
    for ear in two:
        eventually(lambda ear=ear: ear.heard == [wake_ups.ANYTHING, "things"])
    ears("sitter")  # came after the notification, through the same exchange
    assert other.heard == [wake_ups.ANYTHING]


def test_only_a_write_with_events_notifies(ears, things):
    ear = ears("mover")
    move(things, "silent", steps=0)
    move(things, "loud", steps=1)
    eventually(lambda: ear.heard[1:] == ["things"])


def test_a_transaction_notifies_again_when_it_is_committed(ears, things):
    ear = ears("mover")
    database = things.documents.database
    heard_inside = []

    def effect():
        move(things, "inside", steps=1)
        eventually(lambda: "things" in ear.heard)
        heard_inside.extend(ear.heard)

    for name in (inbox.INBOX, things.collection):
        if name not in database.list_collection_names():
            database.create_collection(name)
    inbox.apply_once(database, "queue", "event", effect)
    eventually(lambda: ear.heard[len(heard_inside) :] == [wake_ups.ANYTHING])


def test_a_lost_connection_is_made_again_and_then_everything_may_have_been_missed(place, ears, notifier):
    ear = ears("mover")
    notifier.notify("before")
    eventually(lambda: "before" in ear.heard)
    place.cut_connections(least=2)
    eventually(lambda: ear.heard.count(wake_ups.ANYTHING) == 2)

    def heard():
        notifier.notify("after")
        return "after" in ear.heard

    eventually(heard)


def test_a_relay_that_never_sweeps_publishes_what_is_notified(place, things):
    relay = place.relay("mover", RELAY_SWEEP="100000")
    eventually(lambda: relay.said("relay started"))
    with place.connect() as connection:
        declare_shared(connection.channel(), ())
        connection.channel().queue_declare("sink", durable=True, auto_delete=False)
        connection.channel().queue_bind("sink", EXCHANGE, "#")
    pending = {"pending_since": {"$exists": True}}
    for number in range(5):
        move(things, f"told-{number}", steps=1)
        eventually(lambda: things.documents.count_documents(pending) == 0)
    assert relay.end() == 0


def test_a_notification_without_a_broker_holds_nobody_up_and_a_relay_finds_what_was_written(place):
    settings = Settings.from_environment(place.env(AMQP_URI="amqp://127.0.0.1:1"))
    database = connect(settings, "deaf")
    database.wake_ups = WakeUpNotifier(settings.amqp_uri, "deaf")
    move(Things(database), "written", steps=1)
    assert database.things.count_documents({"pending_since": {"$exists": True}}) == 1
    database.wake_ups.close()
    database.client.close()
