"""Batches: the same promises as one by one, also where one of a batch fails or kills its process."""

import signal
from pathlib import Path

import pytest
from events_batch_host import Gather
from events_place import event, eventually

from services.chassis.amqp.topology import DEAD_LETTERS
from services.chassis.runtime.declare import declare_all

HOST = str(Path(__file__).with_name("events_batch_host.py"))
QUEUE = "gather.many.v1"


@pytest.fixture(scope="module")
def gathered(place):
    """The place with the queue of the service `gather`."""
    declare_all(place.settings, [Gather])
    return place


def calls(place, subject: str) -> list[dict]:
    return list(place.database("gather").calls.find({"subject": {"$regex": f"^{subject}"}}).sort("begun", 1))


def assert_in_order(noted: list[dict], length: int) -> None:
    """The first occurrences of each aggregate are in order and complete."""
    for subject in {call["subject"] for call in noted}:
        seen = list(dict.fromkeys(call["sequence"] for call in noted if call["subject"] == subject))
        assert seen == list(range(1, length + 1)), subject


def test_a_batch_holds_each_aggregate_once_and_keeps_its_order(gathered):
    gathered.publish(*(event(f"wide{n}", sequence) for sequence in range(1, 6) for n in range(60)))
    listener = gathered.run(HOST)
    eventually(lambda: len(calls(gathered, "wide")) >= 300)
    eventually(lambda: gathered.depth(QUEUE) == 0)
    assert listener.end() == 0
    noted = calls(gathered, "wide")
    assert len(noted) == 300
    assert_in_order(noted, 5)
    batches = [b["events"] for b in gathered.database("gather").batches.find()]
    assert max(map(len, batches)) > 10
    assert all(len({id.split(":")[0] for id in batch}) == len(batch) for batch in batches)


def test_one_that_fails_goes_to_the_dead_letters_alone_and_the_others_are_applied(gathered):
    gathered.database("gather").orders.insert_one({"_id": "sick3:1", "do": "fail", "times": 99})
    gathered.publish(*(event(f"sick{n}", sequence) for sequence in (1, 2) for n in range(20)))
    listener = gathered.run(HOST)
    wanted = {f"sick{n}:{sequence}" for n in range(20) for sequence in (1, 2)} - {"sick3:1"}
    eventually(lambda: {call["event"] for call in calls(gathered, "sick")} == wanted)
    (letter,) = eventually(lambda: gathered.drained(DEAD_LETTERS))
    assert letter.headers["cloudEvents:id"] == "sick3:1"
    assert listener.end() == 0


def test_a_process_killed_in_mid_batch_loses_nothing(gathered):
    gathered.database("gather").orders.insert_one({"_id": "dying7:1", "do": "die", "times": 1})
    gathered.publish(*(event(f"dying{n}", sequence) for sequence in (1, 2, 3) for n in range(15)))
    listener = gathered.run(HOST, restarts=True)
    wanted = {f"dying{n}:{sequence}" for n in range(15) for sequence in (1, 2, 3)}
    eventually(lambda: {call["event"] for call in calls(gathered, "dying")} == wanted)
    eventually(lambda: gathered.depth(QUEUE) == 0)
    assert listener.starts == 2
    assert_in_order(calls(gathered, "dying"), 3)
    assert gathered.depth(DEAD_LETTERS) == 0
    listener.end(signal.SIGTERM)
