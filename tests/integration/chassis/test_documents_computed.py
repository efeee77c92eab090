"""A change that the server computes is one write with its version and its event, under any race."""

import threading

import pytest

from services.chassis.core.context import working_on
from services.chassis.core.errors import Conflict, VersionConflict
from tests.integration.chassis.counters import add, call

UP = {"value": {"$add": ["$value", 1]}}
TOLD = ("counter.moved", {}, {"to": "$value"})


def below(most):
    return {"value": {"$lt": most}}


def test_what_the_server_computes_is_written_with_its_version_and_its_event_as_a_save_writes_it(counters):
    counter = add(counters)
    with working_on("$request", "$trace"):
        asked = call()
        counters.save(counter, counter.move(), asked)
        assert counters.apply("c1", below(2), UP, asked, TOLD)
    found = counters.documents.find_one({"_id": "c1"})
    _, saved, applied = found["outbox"]
    assert (found["value"], found["version"], applied["data"]) == (2, 3, {"to": 2})
    assert applied == {**saved, "id": "counter:c1:3", "sequence": 3, "data": {"to": 2}}
    assert (applied["correlation"], applied["traceparent"]) == ("$request", "$trace")
    assert found["pending_since"] == found["outbox"][0]["time"]


def test_a_condition_that_does_not_hold_leaves_everything_as_it_was(counters):
    add(counters)
    before = counters.documents.find_one({"_id": "c1"})
    assert not counters.apply("c1", below(0), UP, call(), TOLD)
    assert not counters.apply("nobody", {"_id": "c1"}, UP, call(), TOLD)
    assert counters.documents.find_one({"_id": "c1"}) == before


def test_a_computed_change_without_an_event_moves_the_version_only(counters):
    add(counters)
    counters.documents.update_one({"_id": "c1"}, {"$unset": {"pending_since": "", "outbox": ""}})
    assert counters.apply("c1", {}, UP, call())
    found = counters.documents.find_one({"_id": "c1"})
    assert (found["value"], found["version"], "pending_since" in found, "outbox" in found) == (
        1,
        2,
        False,
        False,
    )
    assert counters.apply("c1", {}, UP, call(), TOLD)
    found = counters.documents.find_one({"_id": "c1"})
    assert ([event["sequence"] for event in found["outbox"]], "pending_since" in found) == ([3], True)


def test_a_loaded_aggregate_is_not_saved_over_a_computed_change(counters):
    add(counters)
    loaded = counters.get("c1")
    assert counters.apply("c1", {}, UP, call(), TOLD)
    with pytest.raises(VersionConflict):
        counters.save(loaded, loaded.move(), call("late"))


def test_a_computed_change_that_breaks_a_unique_index_is_a_conflict(counters):
    add(counters, id="c1", label="same", key="1")
    add(counters, id="c2", label="other", key="2")
    with pytest.raises(Conflict):
        counters.apply("c2", {}, {"label": "same"}, call())


@pytest.mark.parametrize(
    ("event", "refusal"),
    [
        (("counter.exploded", {}, {}), LookupError),
        (("counter.moved", {}, {"to": "$value", "too": "$value"}), ValueError),
        (("counter.moved", {}, {}), ValueError),
        (("counter.moved", {"to": "$value"}, {}), ValueError),
        (("counter.moved", {"phone": "138"}, {"to": "$value"}), ValueError),
    ],
)
def test_a_computed_event_that_does_not_fit_its_declaration_leaves_nothing_behind(counters, event, refusal):
    add(counters)
    with pytest.raises(refusal):
        counters.apply("c1", {}, UP, call(), event)
    assert counters.get("c1").version == 1


def test_of_sixteen_who_want_the_last_five_five_get_one(counters):
    add(counters)
    outcomes = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(counters.apply("c1", below(5), UP, call(), TOLD)))
        for _ in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == [False] * 11 + [True] * 5
    outbox = counters.documents.find_one({"_id": "c1"})["outbox"]
    assert [(event["sequence"], event["data"]["to"]) for event in outbox[1:]] == [
        (n + 1, n) for n in range(1, 6)
    ]
