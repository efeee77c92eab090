"""Lanes: a slow turn gives its place back while it goes on, and slow turns wait for slow ones only."""

import itertools
import threading

import pytest

from services.identity.subscribers.webhooks import lanes
from services.identity.subscribers.webhooks.lanes import Lanes

PATIENCE = 30


class Turn:
    """A turn that waits until it is told to end, and gives way when it is told to."""

    def __init__(self):
        self.begun, self.ended, self.end = (threading.Event() for _ in range(3))
        self.give_way = lambda: None

    def __call__(self, give_way):
        self.give_way = give_way
        self.begun.set()
        assert self.end.wait(PATIENCE)
        self.ended.set()

    def has_begun(self) -> bool:
        return self.begun.wait(PATIENCE)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(lanes, "QUICK_PLACES", 1)
    monkeypatch.setattr(lanes, "SLOW_PLACES", 2)
    made, turns = Lanes(), []

    def run(quick) -> Turn:
        turn = Turn()
        turns.append(turn)
        made.run(turn, quick)
        return turn

    run.lanes = made
    yield run
    for turn in turns:
        turn.end.set()
    made.close()


def test_slow_turns_wait_for_slow_ones_and_never_take_a_quick_place(run):
    slow = [run(False) for _ in range(3)]
    assert slow[0].has_begun() and slow[1].has_begun()
    quick = run(True)
    assert quick.has_begun() and not slow[2].begun.is_set()
    slow[0].end.set()
    assert slow[2].has_begun()


def test_a_quick_turn_that_gives_way_lets_the_next_begin_and_its_end_frees_no_second_place(run):
    turns = [run(True) for _ in range(4)]
    for turn, following in itertools.pairwise(turns[:3]):
        assert turn.has_begun()
        turn.give_way()
        assert following.has_begun()
    turns[2].give_way()  # both places of the slow lane are taken: it has to stay
    assert not turns[3].begun.is_set()
    turns[0].end.set()
    assert turns[3].has_begun()
    turns[0].give_way()  # too late: it changes nothing
    later = run(True)
    turns[1].end.set()
    assert turns[1].ended.wait(PATIENCE) and not later.begun.is_set()


def test_who_wants_to_leave_the_quick_lane_goes_before_who_waits_for_the_slow_one(run):
    slow = [run(False) for _ in range(3)]
    assert slow[1].has_begun()
    quick, following = run(True), run(True)
    assert quick.has_begun()
    quick.give_way()
    slow[0].end.set()
    assert following.has_begun() and not slow[2].begun.is_set()


def test_a_turn_that_fails_frees_its_place(run):
    def fail(give_way):
        raise RuntimeError

    run.lanes.run(fail, True)
    assert run(True).has_begun()


def test_what_has_not_begun_when_the_lanes_are_closed_never_begins(run):
    first, second = run(True), run(True)
    assert first.has_begun()
    closing = threading.Thread(target=run.lanes.close)
    closing.start()
    while run.lanes._quick.waiting:
        assert closing.is_alive()
    first.end.set()
    closing.join(PATIENCE)
    assert first.ended.is_set() and not second.begun.is_set()
