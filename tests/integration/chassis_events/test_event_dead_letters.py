"""Failing events: again later, in order, and at last the dead letters, which an operator sends back."""

import time

from events_place import DELAYS, Bridge, event, eventually

from services.chassis.amqp.topology import DEAD_LETTERS

QUEUE = "echo.plain.v1"


def calls(place, *events) -> list[dict]:
    """Give the noted calls of these events, or all, in the order of their ends."""
    wanted = {"event": {"$in": list(events)}} if events else {}
    return list(place.database("echo").calls.find(wanted).sort("ended", 1))


def order(place, event_id: str, do: str, times: int = 99, **more) -> None:
    """Tell the test's service what to do with an event."""
    told = {"do": do, "times": times, **more}
    place.database("echo").orders.replace_one({"_id": event_id}, told, upsert=True)


def heard(place, *events) -> bool:
    return {call["event"] for call in calls(place, *events)} == set(events)


def test_an_event_that_fails_twice_is_applied_once(declared, listener):
    order(declared, "twice:1", "fail", times=2)
    declared.publish(event("twice", 1))
    eventually(lambda: heard(declared, "twice:1"))
    assert declared.database("echo").orders.find_one({"_id": "twice:1"})["times"] == 0
    assert len(calls(declared, "twice:1")) == 1
    eventually(lambda: declared.database("echo").held.count_documents({}) == 0)


def test_a_poison_event_ends_in_the_dead_letters_and_others_flow(declared, listener):
    order(declared, "poison:1", "fail")
    order(declared, "refused:1", "reject")
    declared.publish(event("poison", 1, secret="李四"), event("refused", 1), event("healthy", 1))
    eventually(lambda: heard(declared, "healthy:1"))
    eventually(lambda: declared.depth(DEAD_LETTERS) == 2)

    listed = declared.command("operations.dead_letters", "list")
    lines = {line.split("@")[0]: line for line in listed.stdout.splitlines()}
    assert f"poison:1@{QUEUE}  xiangzhi.test.thing.happened.v1  ValueError  attempts=3" in lines["poison:1"]
    assert "Rejected thing.refused" in lines["refused:1"]
    shown = declared.command("operations.dead_letters", "show", "poison:1").stdout
    assert "events_host.py:" in shown and "_obey" in shown
    everything = shown + listed.stdout + "\n".join(listener.output)
    assert "张三" not in everything and "李四" not in everything and "138000" not in everything

    order(declared, "poison:1", "work")
    order(declared, "refused:1", "work")
    assert (
        declared.command("operations.dead_letters", "redrive", f"poison:1@{QUEUE}").stdout == "1 redriven\n"
    )
    eventually(lambda: heard(declared, "poison:1"))
    assert declared.depth(DEAD_LETTERS) == 1
    assert declared.command("operations.dead_letters", "redrive", "--queue", "echo.other.v1").returncode == 1
    assert declared.command("operations.dead_letters", "redrive", "--all").returncode == 0
    eventually(lambda: heard(declared, "refused:1"))
    assert declared.depth(DEAD_LETTERS) == 0


def test_a_redriven_event_that_fails_again_has_all_its_attempts(declared, listener):
    order(declared, "again:1", "fail", times=3)
    declared.publish(event("again", 1))
    eventually(lambda: declared.depth(DEAD_LETTERS) == 1)
    order(declared, "again:1", "fail", times=2)
    declared.command("operations.dead_letters", "redrive", "again:1")
    eventually(lambda: heard(declared, "again:1"))
    assert declared.depth(DEAD_LETTERS) == 0


def test_listing_neither_loses_nor_reorders_and_a_drop_needs_a_reason(declared):
    for name in ("first", "second", "third"):
        declared.publish(event(name, 1), queue=DEAD_LETTERS, **{"x-origin-queue": QUEUE, "x-error": "Test"})
    ids = [f"{name}:1@{QUEUE}" for name in ("first", "second", "third")]
    for _ in range(3):
        listed = declared.command("operations.dead_letters").stdout.splitlines()
        assert [line.split("  ")[0] for line in listed[:-1]] == ids
        assert listed[-1] == "3 dead letters"
    assert declared.command("operations.dead_letters", "drop", "second:1").returncode == 2
    dropped = declared.command("operations.dead_letters", "drop", "second:1", "--why", "sent twice")
    assert dropped.returncode == 0 and "sent twice" in dropped.stdout
    eventually(lambda: declared.depth(DEAD_LETTERS) == 2)
    left = declared.command("operations.dead_letters").stdout.splitlines()[:-1]
    assert [line.split("  ")[0] for line in left] == [ids[0], ids[2]]
    assert declared.command("operations.dead_letters", "drop", "nobody:1", "--why", "x").returncode == 1
    declared.drained(DEAD_LETTERS)


def test_a_redrive_to_a_queue_that_is_gone_keeps_the_letter(declared):
    declared.publish(event("lost", 1), queue=DEAD_LETTERS, **{"x-origin-queue": "gone.queue.v1"})
    answer = declared.command("operations.dead_letters", "redrive", "--all")
    assert answer.returncode == 1 and "stays here" in answer.stdout
    eventually(lambda: declared.depth(DEAD_LETTERS) == 1)
    declared.drained(DEAD_LETTERS)


def test_what_is_not_an_event_goes_straight_to_the_dead_letters(declared, listener):
    declared.publish_raw(QUEUE, b"\xff\xfe not json", content_encoding="utf-8")
    declared.publish_raw(QUEUE, b"{}", application_headers={"cloudEvents:id": "x"}, message_id="strange")
    declared.publish(event("future", 1, version=9), event("stranger", 1, verb="unheard"), queue=QUEUE)
    declared.publish(event("after", 1))
    eventually(lambda: heard(declared, "after:1"))
    eventually(lambda: declared.depth(DEAD_LETTERS) == 4)
    errors = [m.headers["x-error"] for m in declared.drained(DEAD_LETTERS)]
    assert sorted(e.split()[0] for e in errors) == ["NoHandler", "NoHandler", "NotAnEvent", "NotAnEvent"]


def test_later_events_of_an_aggregate_wait_behind_a_failed_one_in_order(declared, listener):
    # different events fail at different attempts, so that the aggregate's events are in both delays at once
    order(declared, "queue:2", "fail", times=len(DELAYS.split(",")))
    order(declared, "queue:4", "fail", times=1)
    order(declared, "queue:5", "fail", times=2)
    for sequence in range(1, 41):
        declared.publish(event("queue", sequence))
    declared.publish(event("beside", 1))
    ids = [f"queue:{sequence}" for sequence in range(1, 41)]
    eventually(lambda: heard(declared, *ids))
    assert [call["sequence"] for call in calls(declared, *ids)] == list(range(1, 41))
    assert any("waits behind" in line for line in listener.output)
    assert declared.depth(DEAD_LETTERS) == 0
    eventually(lambda: declared.database("echo").held.count_documents({}) == 0)
    beside = calls(declared, "beside:1")[0]
    assert beside["ended"] < calls(declared, "queue:40")[0]["ended"]


def test_when_an_event_is_given_up_the_later_ones_flow(declared, listener):
    order(declared, "given:1", "fail")
    declared.publish(*(event("given", sequence) for sequence in (1, 2, 3)))
    eventually(lambda: heard(declared, "given:2", "given:3"))
    assert [call["sequence"] for call in calls(declared, "given:2", "given:3")] == [2, 3]
    assert declared.depth(DEAD_LETTERS) == 1
    declared.drained(DEAD_LETTERS)
    eventually(lambda: declared.database("echo").held.count_documents({}) == 0)


def test_waiting_events_keep_their_order_when_the_service_restarts(declared):
    first = declared.listener()
    order(declared, "handover:1", "fail", times=2)
    declared.publish(*(event("handover", sequence) for sequence in range(1, 21)))
    eventually(lambda: first.said("waits behind"))
    first.end()
    second = declared.listener()
    ids = [f"handover:{sequence}" for sequence in range(1, 21)]
    eventually(lambda: heard(declared, *ids))
    assert [call["sequence"] for call in calls(declared, *ids)] == list(range(1, 21))
    second.end()


def test_a_handler_that_kills_its_process_is_found_and_given_up_alone(declared):
    order(declared, "killer:1", "die")
    innocent = [event(f"innocent{n}", 1) for n in range(20)]
    declared.publish(*innocent[:10], event("killer", 1), *innocent[10:])
    listener = declared.listener(restarts=True)
    eventually(lambda: declared.depth(DEAD_LETTERS) == 1)
    eventually(lambda: heard(declared, *(e.id for e in innocent)))
    listener.end()
    letter = declared.drained(DEAD_LETTERS)[0]
    assert letter.headers["cloudEvents:id"] == "killer:1"
    assert letter.headers["x-error"].startswith("KilledItsProcess")
    assert listener.starts > 2


def test_an_outage_burns_no_attempt(declared, listener):
    order(declared, "away:1", "unavailable", times=8)
    declared.publish(event("away", 1), event("away", 2))
    eventually(lambda: heard(declared, "away:1", "away:2"))
    assert [call["sequence"] for call in calls(declared, "away:1", "away:2")] == [1, 2]
    assert declared.depth(DEAD_LETTERS) == 0
    assert not any("failed: again" in line for line in listener.output)


def test_a_database_that_is_away_for_long_fills_no_dead_letters(declared):
    bridge = Bridge(declared.settings.mongodb_uri)
    listener = declared.listener(MONGODB_URI=bridge.uri)
    declared.publish(event("first", 1))
    eventually(lambda: heard(declared, "first:1"))
    for n in range(10):
        order(declared, f"dark{n}:1", "sleep", times=1, seconds=0.5)
    declared.publish(*(event(f"dark{n}", sequence) for sequence in (1, 2) for n in range(10)))
    eventually(lambda: declared.database("echo").orders.count_documents({"times": 0, "do": "sleep"}) > 0)
    bridge.take_away()
    # longer than all retries together: they would all be given up by now
    time.sleep(sum(declared.settings.retry_delays) * 3 + 6)
    assert declared.depth(DEAD_LETTERS) == 0
    bridge.bring_back()
    ids = [f"dark{n}:{sequence}" for n in range(10) for sequence in (1, 2)]
    eventually(lambda: heard(declared, *ids))
    assert declared.depth(DEAD_LETTERS) == 0
    assert not any("failed: again" in line for line in listener.output)
    assert listener.said("waiting for an outage to end")
    for n in range(10):
        first, second = (calls(declared, f"dark{n}:{sequence}") for sequence in (1, 2))
        assert first[0]["ended"] <= second[0]["begun"]
    listener.end()
    bridge.close()
