"""What the sender asks of the database does not grow with the endpoints that there is nothing for."""

import time
from collections import Counter
from dataclasses import replace

import pytest
from pymongo import MongoClient

from services.chassis.core.calls import Call, utc_now
from services.chassis.storage.database import ServiceDatabase
from services.identity.subscribers.webhooks import usecases
from services.identity.subscribers.webhooks.due import AHEAD
from services.identity.subscribers.webhooks.model import Webhook
from tests.conftest import SETTINGS
from tests.integration.identity.asked import Asked
from tests.integration.identity.webhook_scene import Scene, event_of

FOR_ALL = {"find": 3, "distinct": 1}
"""The grants' versions, the endpoints, the feed's end; and whose failed deliveries are due."""
NEXT_TO_ALL = {"find": 4, "distinct": 1}
"""And what of the feed they have not had."""
FOR_AN_EVENT = {"find": 2, "insert": 1, "update": 1}
"""Whether the grant still stands, the number of its last request; the log, and the cursor."""


@pytest.fixture
def asked(database, addresses):
    """A sender, and what it asks."""
    asked = Asked()
    with MongoClient(addresses["MONGODB_URI"], tz_aware=True, event_listeners=[asked]) as client:
        scene = Scene(ServiceDatabase(client, database.name, SETTINGS))
        yield scene, asked.commands
        scene.close()


def commands_of(scene, commands) -> Counter:
    """What one round asks, with the turns that it begins."""
    commands.clear()
    scene.sender.round()
    while scene.sender.in_hand:
        time.sleep(0.005)
    return Counter(one for one in commands if one != "findAndModify")  # the lease, a few times a minute


@pytest.mark.parametrize("count", [1, 7])
def test_nothing_is_asked_for_an_endpoint_that_there_is_nothing_for(asked, receiver, count):
    scene, commands = asked
    for number in range(count):
        id = f"d{number}"
        scene.department(receiver, id)
        scene.parts.webhooks.add(Webhook(id, "510183103", utc_now(), quick=True), [], Call({}))
    receiver.secret = ""
    scene.events(1, 1)
    scene.settle()
    assert commands_of(scene, commands) == FOR_ALL
    scene.feed.append(replace(event_of(2), type="xiangzhi.market.order.paid.v1"))
    assert commands_of(scene, commands) == NEXT_TO_ALL
    assert commands_of(scene, commands) == FOR_ALL
    scene.events(3, 3)
    assert commands_of(scene, commands) == Counter(NEXT_TO_ALL) + times(count, FOR_AN_EVENT)
    assert receiver.subjects == ["r1"] * count + ["r3"] * count


def times(count: int, costs: dict[str, int]) -> Counter:
    return Counter({one: count * n for one, n in costs.items()})


def test_who_replays_reads_for_itself_and_holds_the_others_to_no_reading_of_what_they_have(asked, receiver):
    scene, _ = asked
    scene.department(receiver)
    for number in range(AHEAD + 5):
        scene.feed.append(replace(event_of(number), region="510183103207"))
    scene.settle()
    sent = len(receiver.taken)
    call = scene.call(after=2, since=None, from_event=None, beginning=False, until=None)
    parts = scene.parts
    usecases.replay(scene.departments, parts.webhooks, parts.cursors, parts.subscriptions.delivery, call)
    scene.events(9000, 9000)
    scene.settle()
    replayed = [f"r{number}" for number in range(2, AHEAD + 5)]
    assert receiver.subjects[sent:] == [*replayed, "r9000"]
