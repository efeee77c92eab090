"""Listening: once, in order per aggregate, through broken connections and orderly stops."""

import signal
from collections import defaultdict
from itertools import pairwise

from events_place import event, eventually

from services.chassis.amqp.topology import DEAD_LETTERS


def calls(place, subject: str) -> list[dict]:
    """Give the noted calls for the aggregates whose names begin so, in the order in which they began."""
    return list(place.database("echo").calls.find({"subject": {"$regex": f"^{subject}"}}).sort("begun", 1))


def by_subject(noted: list[dict]) -> dict[str, list[dict]]:
    found = defaultdict(list)
    for call in noted:
        found[call["subject"]].append(call)
    return found


def assert_serial_and_in_order(noted: list[dict], length: int) -> None:
    """Each aggregate: first occurrences in order, nothing of it at the same time."""
    for subject, own in by_subject(noted).items():
        seen = list(dict.fromkeys(call["sequence"] for call in own))
        assert seen == list(range(1, length + 1)), subject
        in_one_process = [pair for pair in pairwise(own) if pair[0]["pid"] == pair[1]["pid"]]
        assert all(before["ended"] <= after["begun"] for before, after in in_one_process), subject


def test_a_duplicate_event_is_applied_once(declared, listener):
    for _ in range(5):
        declared.publish(event("plain-copy", 1), event("boxed-copy", 1, verb="counted"))
    declared.publish(event("plain-copy", 2), event("boxed-copy", 2, verb="counted"))
    database = declared.database("echo")
    eventually(lambda: len(calls(declared, "boxed-copy")) == 2)
    eventually(lambda: len(calls(declared, "plain-copy")) == 6)
    # without the inbox every copy reaches the handler, with one and the same key to guard its effect
    keys = {call["key"] for call in calls(declared, "plain-copy")}
    assert keys == {"event:plain-copy:1", "event:plain-copy:2"}
    assert database.effects.find_one({"_id": "boxed|boxed-copy:1"})["times"] == 1
    assert database.inbox.count_documents({"_id": {"$regex": "boxed-copy"}}) == 2


def test_a_failed_handler_leaves_nothing_in_the_inbox_and_succeeds_later(declared, listener):
    # the order is written in the same transaction, so it is undone with it: mend it from outside
    orders = declared.database("echo").orders
    orders.insert_one({"_id": "undone:1", "do": "fail", "times": 99})
    declared.publish(event("undone", 1, verb="counted"))
    eventually(lambda: listener.said("failed: again"))
    assert declared.database("echo").inbox.count_documents({"_id": {"$regex": "undone"}}) == 0
    orders.delete_one({"_id": "undone:1"})
    eventually(lambda: len(calls(declared, "undone")) == 1)
    assert declared.database("echo").effects.find_one({"_id": "boxed|undone:1"})["times"] == 1


def test_what_was_answered_before_counts_as_done_and_a_lost_race_is_run_again(declared, listener):
    orders = declared.database("echo").orders
    orders.insert_one({"_id": "answered:1", "do": "answered", "times": 1})
    orders.insert_one({"_id": "raced:1", "do": "conflict", "times": 3})
    declared.publish(event("answered", 1), event("answered", 2), event("raced", 1))
    eventually(lambda: [c["sequence"] for c in calls(declared, "answered")] == [2])
    eventually(lambda: len(calls(declared, "raced")) == 1)
    assert not any("failed: again" in line and "raced:1" in line for line in listener.output)


def test_events_are_in_order_per_aggregate_and_concurrent_across_them(declared, listener):
    declared.publish(*(event(f"many{n}", sequence) for sequence in range(1, 61) for n in range(50)))
    eventually(lambda: len(calls(declared, "many")) >= 3000)
    noted = calls(declared, "many")
    assert len(noted) == 3000
    assert_serial_and_in_order(noted, 60)
    overlapping = sum(before["ended"] > after["begun"] for before, after in pairwise(noted))
    assert overlapping > 100


def test_order_survives_cut_connections_and_a_change_of_the_consuming_process(declared):
    first, second = declared.listener(), declared.listener()
    eventually(lambda: first.said("listening") and second.said("listening"))
    for part in range(4):
        numbers = range(part * 10 + 1, part * 10 + 11)
        declared.publish(*(event(f"cut{n}", sequence) for sequence in numbers for n in range(20)))
        if part < 2:
            declared.cut_connections("listens")
        elif part == 2:
            first.end(signal.SIGKILL)
    eventually(lambda: len({c["event"] for c in calls(declared, "cut")}) == 800)
    assert declared.depth(DEAD_LETTERS) == 0
    assert_serial_and_in_order(calls(declared, "cut"), 40)
    second.end()


def test_an_orderly_stop_finishes_what_is_in_hand_and_nothing_runs_twice(declared):
    orders = declared.database("echo").orders
    for n in range(8):
        orders.insert_one({"_id": f"slow{n}:1", "do": "sleep", "seconds": 1.0, "times": 1})
    first = declared.listener()
    declared.publish(*(event(f"slow{n}", sequence) for sequence in (1, 2) for n in range(8)))
    eventually(lambda: orders.count_documents({"_id": {"$regex": "^slow"}, "times": 0}) == 8)
    assert first.end() == 0
    second = declared.listener()
    eventually(lambda: len(calls(declared, "slow")) >= 16)
    second.end()
    noted = calls(declared, "slow")
    assert len(noted) == 16
    assert {call["pid"] for call in noted if call["sequence"] == 1} == {first.child.pid}
    assert_serial_and_in_order(noted, 2)
