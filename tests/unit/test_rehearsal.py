"""What a rehearsal counts as a failure, and in which order a rollout goes."""

import threading
from collections import Counter
from types import SimpleNamespace

import pytest

from deploy.k8s.rehearse import deployments
from deploy.k8s.rehearse.deployments import Deployment, all_at_once
from deploy.k8s.rehearse.place import _told_instead
from tests.faults.ledger import UNNAMED, Written
from tests.rehearsal.counting import lost_by_restoring
from tests.rehearsal.load import Load, StoryLedger
from tests.rehearsal.outside import sent_back_in_order


def load_that_met(**counters) -> Load:
    """Give a load whose people met this."""
    load = Load.__new__(Load)
    load.ledger = StoryLedger(**{name: Counter(told) for name, told in counters.items()})
    load.readers = [SimpleNamespace(seen=Counter({200: 3, 503: 1}), failed=Counter({"GET /: 502": 1}))]
    return load


def test_only_503_with_a_time_to_come_again_and_401_are_no_failures():
    resent = {"503 service.unavailable": 4, "401 token.expired": 2, "ConnectionError": 1}
    load = load_that_met(resent=resent, unclear={"500 internal": 1, "503 ": 2})
    assert load.failures() == {"ConnectionError": 1, "500 internal": 1, "503 ": 2, "GET /: 502": 1}
    assert (load.met().answered, load.met().sent_back) == (3, 5)


@pytest.mark.parametrize(("status", "headers", "in_order"), [
    (503, {"Retry-After": "2"}, True), (503, {}, False), (502, {"Retry-After": "2"}, False), (503, {"Retry-After": "soon"}, False),
])  # fmt: skip
def test_a_503_without_a_time_is_a_failure(status, headers, in_order):
    assert sent_back_in_order(SimpleNamespace(status_code=status, headers=headers)) is in_order


def test_what_was_told_before_the_writers_is_expected_too():
    story = Counter({("market", "market.order.placed", "o1", ""): 1})
    assert StoryLedger(told_before=story).events() == story


def test_a_write_before_the_backup_that_is_not_restored_is_lost_and_a_later_one_is_not():
    load = Load.__new__(Load)
    names = [("o1", "k1"), ("o2", "k2"), (UNNAMED, "k3"), ("o3", "k4")]
    writes = [Written("market", "orders", subject, key, "market.order.placed") for subject, key in names]
    load.ledger = StoryLedger(writes=writes)
    evidence = SimpleNamespace(documents={("market", "orders", "o1"): {"requests": [{"key": "k1"}]}})
    assert list(lost_by_restoring(load, 3, evidence)) == ["market.order.placed of orders o2", "a report"]


def test_a_value_of_this_place_replaces_the_overlays_and_the_rest_stays():
    assert _told_instead("# words\nA=1\nB=2\n", {"A": "3", "C": "4"}) == "# words\nB=2\nA=3\nC=4\n"


class FakePod:
    """A pod that is ready at once and writes down what is done to it."""

    def __init__(self, name, done):
        self.name, self.done, self.ready_since, self.restarts, self.exit_code = name, done, None, [], None

    def start(self):
        self.done.append(f"start {self.name}")
        self.ready_since = 0.0

    def end(self):
        assert self.ready_since is not None
        self.done.append(f"end {self.name}")
        self.exit_code = 0


def test_a_rollout_ends_each_old_pod_only_after_a_new_one_is_available(monkeypatch):
    done = []
    monkeypatch.setattr(deployments, "pod_of", lambda name, *_: FakePod(name, done))
    workload = SimpleNamespace(name="market", spec={"replicas": 2, "minReadySeconds": 0})
    manifests = SimpleNamespace(deployments=[workload])
    market = Deployment("market", None, lambda pod, ready: None)
    market.apply(manifests)
    market.apply(manifests)
    market.wait_left()
    assert done[:2] == ["start market-1", "start market-2"]
    assert done.index("start market-3") < done.index("end market-1")
    assert done.index("start market-4") < done.index("end market-2")
    assert [pod.name for pod in market.pods] == ["market-3", "market-4"]
    assert market.killed == [] and market.restarts == []


def test_the_first_failure_of_several_is_raised_when_all_have_ended():
    ended = threading.Event()

    def fails():
        raise AssertionError("one of them")

    with pytest.raises(AssertionError, match="one of them"):
        all_at_once([fails, ended.set])
    assert ended.is_set()
