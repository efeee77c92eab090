"""Who is let in, who waits, and whose turn it is."""

import gevent
import pytest

from gateway import concurrency_limiter
from gateway.concurrency_limiter import ConcurrencyLimiter, share
from services.chassis.core.settings import Settings
from tests.unit.gateway.crowds import BOUND, until, without_room


def test_who_waits_is_let_in_before_who_comes_later(monkeypatch):
    monkeypatch.setattr(concurrency_limiter, "BURST_SECONDS", BOUND)
    gate, let_in = ConcurrencyLimiter(1, 2), []

    def visit(name):
        if gate.enter():
            let_in.append(name)

    assert gate.enter()
    waiters = [gevent.spawn(visit, name) for name in ("first", "second")]
    until(lambda: len(gate._line) == 2)
    for _ in waiters:
        gate.leave()
        without_room(gate)
        assert not gate.enter()
    gevent.joinall(waiters, BOUND)
    assert let_in == ["first", "second"]


def test_under_overload_fewer_are_worked_on_at_once(monkeypatch):
    gate = ConcurrencyLimiter(4, 0, crowded=2)
    assert [gate.enter() for _ in range(5)] == [True] * 4 + [False]
    for _ in range(2):
        gate.leave()
        assert not gate.enter()
    gate.leave()
    assert gate.enter()
    assert not gate.enter()
    monkeypatch.setattr(concurrency_limiter, "OVERLOAD_SECONDS", 0)
    assert [gate.enter() for _ in range(3)] == [True] * 2 + [False]


def test_who_gives_up_waiting_takes_no_place_along(monkeypatch):
    monkeypatch.setattr(concurrency_limiter, "BURST_SECONDS", 0.01)
    gate = ConcurrencyLimiter(1, 2)
    assert gate.enter()
    assert not gevent.spawn(gate.enter).get(timeout=BOUND)
    gate.leave()
    assert gate.enter()


def test_who_is_killed_with_the_place_just_given_leaves_it_to_the_next(monkeypatch):
    monkeypatch.setattr(concurrency_limiter, "BURST_SECONDS", BOUND)
    gate = ConcurrencyLimiter(1, 2)
    assert gate.enter()
    killed, following = gevent.spawn(gate.enter), gevent.spawn(gate.enter)
    until(lambda: len(gate._line) == 2)
    killed.kill(block=False)
    gate.leave()
    assert following.get(timeout=BOUND)


def test_after_a_full_queue_nobody_waits_long_and_later_they_may_again(monkeypatch):
    monkeypatch.setattr(concurrency_limiter, "BURST_SECONDS", 2 * BOUND)
    monkeypatch.setattr(concurrency_limiter, "SHORT_SECONDS", 0)
    gate = ConcurrencyLimiter(1, 1)
    assert gate.enter()
    waiter = gevent.spawn(gate.enter)
    until(lambda: gate._line)
    assert not gate.enter()
    gate.leave()
    assert waiter.get(timeout=BOUND)
    assert not gevent.spawn(gate.enter).get(timeout=BOUND)
    monkeypatch.setattr(concurrency_limiter, "OVERLOAD_SECONDS", 0)
    patient = gevent.spawn(gate.enter)
    until(lambda: gate._line)
    gate.leave()
    assert patient.get(timeout=BOUND)


@pytest.mark.parametrize(("workers", "each"), [(1, 16), (2, 8), (3, 6), (16, 2)])
def test_the_workers_share_what_is_admitted(workers, each):
    assert share(Settings(gateway_workers=workers, gateway_admitted=16)) == each
