"""A save is one write: state, events and the key's answer, all or nothing; races have one winner."""

import threading
from datetime import UTC, datetime

import pytest

from services.chassis.core.context import working_on
from services.chassis.core.errors import AlreadyAnswered, Conflict, NotFound, Rejected, VersionConflict
from services.chassis.storage.idempotency import ANSWERS_KEPT
from tests.integration.chassis.counters import Counter, add, call


def test_state_events_and_answer_are_written_at_once(counters):
    with working_on("request-1", "00-" + "a" * 32 + "-" + "b" * 16 + "-01"):
        add(counters)
    found = counters.documents.find_one({"_id": "c1"})
    assert (found["version"], found["regions"]) == (1, ["510183", "510183103", "510183103204"])
    event = found["outbox"][0]
    assert (event["id"], event["sequence"], event["type"]) == (
        "counter:c1:1",
        1,
        "xiangzhi.example.counter.moved.v1",
    )
    assert (event["correlation"], event["region"]) == ("request-1", "510183103204")
    assert found["pending_since"] == event["time"]
    assert found["requests"][0]["answer"] == {"value": 0}


def test_sequences_grow_by_one_over_several_saves(counters):
    counter = add(counters)
    counters.save(counter, counter.move() + counter.move(), call("two"))
    counters.save(counter, counter.move(), call("three"))
    outbox = counters.documents.find_one({"_id": "c1"})["outbox"]
    assert [event["sequence"] for event in outbox] == [1, 2, 3, 4]
    assert counters.get("c1").version == 4


def test_an_event_that_is_not_declared_leaves_nothing_behind(counters):
    with pytest.raises(LookupError):
        counters.add(Counter("c1"), [("counter.exploded", {})], call())
    with pytest.raises(ValueError, match="does not fit"):
        counters.add(Counter("c1"), [("counter.moved", {"to": 1, "phone": "138"})], call())
    assert counters.documents.count_documents({}) == 0


def test_the_same_key_gives_the_first_answer_whatever_happened_since(counters):
    counter = add(counters)
    counters.save(counter, counter.move(), call("once"))
    counters.save(counter, counter.move(), call("another"))
    with pytest.raises(AlreadyAnswered) as repeat:
        counters.get("c1", call("once"))
    assert repeat.value.answer == {"value": 1}


def test_a_repeated_create_gives_the_first_answer(counters):
    add(counters, key="create")
    with pytest.raises(AlreadyAnswered) as repeat:
        add(counters, key="create")
    assert repeat.value.answer == {"value": 0}


def test_a_key_that_was_used_for_something_else_is_refused(counters):
    counter = add(counters)
    counters.save(counter, counter.move(), call("once", {"a": 1}))
    with pytest.raises(Rejected, match="Idempotency-Key"):
        counters.get("c1", call("once", {"a": 2}))


def test_a_document_remembers_a_bounded_number_of_keys(counters):
    counter = add(counters)
    for number in range(ANSWERS_KEPT + 5):
        counters.save(counter, [], call(f"key-{number}"))
    assert len(counters.documents.find_one({"_id": "c1"})["requests"]) == ANSWERS_KEPT


def test_out_of_scope_looks_like_not_existing(counters):
    add(counters)
    assert counters.get("c1", scope={"regions": "510183103"}).id == "c1"
    with pytest.raises(NotFound) as hidden:
        counters.get("c1", scope={"regions": "510183104"})
    with pytest.raises(NotFound) as absent:
        counters.get("nobody", scope={"regions": "510183104"})
    assert (hidden.value.code, hidden.value.message) == (absent.value.code, absent.value.message)


def test_a_scope_on_the_id_does_not_replace_the_id_that_was_asked_for(counters):
    add(counters, id="mine", label="a", key="1")
    add(counters, id="yours", label="b", key="2")
    with pytest.raises(NotFound):
        counters.get("yours", scope={"_id": "mine"})


def test_a_broken_unique_index_is_a_conflict_and_changes_nothing(counters):
    add(counters, id="c1", label="same", key="1")
    with pytest.raises(Conflict):
        add(counters, id="c2", label="same", key="2")
    other = add(counters, id="c3", label="other", key="3")
    other.label = "same"
    with pytest.raises(Conflict):
        counters.save(other, other.move(), call("4"))
    assert counters.get("c3").label == "other"


def test_of_two_who_loaded_the_same_version_one_saves(counters):
    add(counters)
    first, second = counters.get("c1"), counters.get("c1")
    counters.save(first, first.move(), call("first"))
    with pytest.raises(VersionConflict):
        counters.save(second, second.move(), call("second"))
    assert counters.get("c1").value == 1


def test_sixteen_writers_lose_no_update_and_no_event(counters):
    add(counters)

    def work(number):
        for step in range(10):
            while True:
                counter = counters.get("c1")
                try:
                    counters.save(counter, counter.move(), call(f"{number}-{step}"))
                    break
                except VersionConflict:
                    continue

    threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    found = counters.documents.find_one({"_id": "c1"})
    assert found["value"] == 160
    assert [event["sequence"] for event in found["outbox"]] == list(range(1, 162))
    assert [event["data"]["to"] for event in found["outbox"]] == list(range(161))


def test_the_same_create_sent_sixteen_times_at_once_makes_one(counters):
    outcomes = []

    def work():
        try:
            add(counters, key="same")
            outcomes.append("made")
        except AlreadyAnswered:
            outcomes.append("repeat")

    threads = [threading.Thread(target=work) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["made"] + ["repeat"] * 15
    assert counters.documents.count_documents({}) == 1


def test_declared_indexes_are_created_and_creating_them_again_is_harmless(counters):
    counters.create_indexes()
    assert {"pending", "label"} <= set(counters.documents.index_information())


def test_the_relays_work_list_is_answered_by_its_index(counters):
    add(counters)
    plan = (
        counters.documents.find({"pending_since": {"$exists": True}})
        .hint("pending")
        .sort("pending_since")
        .explain()
    )
    assert "COLLSCAN" not in str(plan["queryPlanner"]["winningPlan"])


def test_times_come_back_in_utc(counters):
    add(counters)
    assert counters.documents.find_one({"_id": "c1"})["outbox"][0]["time"] <= datetime.now(UTC)


def test_who_says_which_version_was_seen_overwrites_nothing_that_was_written_since(counters):
    counter = add(counters)
    seen = {"seen_version": counter.version}
    assert counters.get_to_edit("c1", call("first", seen)).version == counter.version
    counters.save(counter, counter.move(), call("first", seen))
    with pytest.raises(Conflict) as refused:
        counters.get_to_edit("c1", call("second", seen))
    assert not isinstance(refused.value, VersionConflict)  # which would be tried again
    assert (refused.value.code, refused.value.detail) == ("counter.changed_since_seen", {"version": 2})
    with pytest.raises(AlreadyAnswered):
        counters.get_to_edit("c1", call("first", seen))
    assert counters.get_to_edit("c1", call("third")).version == 2
