"""Who waits for whom: endpoints that were quick the last time have a lane of their own, all others share the slow one.

A quick endpoint that becomes slow gives its place in the quick lane back while its request is still under way, and goes on
in the slow one: the others wait for it once, and not longer than until that shows. Slow, failing and unknown ones wait for
each other only.
"""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

QUICK_PLACES, SLOW_PLACES = 16, 48
"""Turns at once. One in the slow lane mostly waits for an answer, and costs a thread that sleeps."""

GiveWay = Callable[[], None]
"""Tells the lanes that a turn turned out to be slow; again, or after its end, it changes nothing."""


@dataclass
class _Lane:
    """`taken` of its `places` are taken; the turns `waiting` for one come in order."""

    places: int
    taken: int = 0
    waiting: deque["_Turn"] = field(default_factory=deque)

    @property
    def is_full(self) -> bool:
        return self.taken >= self.places


@dataclass(eq=False)
class _Turn:
    """What is to be done, and the lane in which it has, or waits for, a place; None after its end."""

    work: Callable[[GiveWay], None]
    lane: _Lane | None


class Lanes:
    """Runs turns, each in a thread of its own, never more at once than there are places."""

    def __init__(self) -> None:
        self._quick, self._slow = _Lane(QUICK_PLACES), _Lane(SLOW_PLACES)
        self._leaving: deque[_Turn] = deque()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(QUICK_PLACES + SLOW_PLACES, thread_name_prefix="turn")

    def run(self, work: Callable[[GiveWay], None], quick: bool) -> None:
        """Do this as soon as its lane has a place."""
        lane = self._quick if quick else self._slow
        with self._lock:
            lane.waiting.append(_Turn(work, lane))
            self._go_on()

    def close(self) -> None:
        """Begin nothing more, and wait for what has begun."""
        with self._lock:
            for waiting in (self._quick.waiting, self._slow.waiting, self._leaving):
                waiting.clear()
        self._threads.shutdown()

    def _do(self, turn: _Turn) -> None:
        try:
            turn.work(lambda: self._give_way(turn))
        finally:
            with self._lock:
                if turn.lane:
                    turn.lane.taken -= 1
                turn.lane = None
                self._go_on()

    def _give_way(self, turn: _Turn) -> None:
        with self._lock:
            if turn.lane is self._quick:
                self._leaving.append(turn)
                self._go_on()

    def _go_on(self) -> None:
        # who has begun goes before who has not: it holds up quick ones
        while self._leaving and not self._slow.is_full:
            turn = self._leaving.popleft()
            if turn.lane is self._quick:
                self._quick.taken -= 1
                self._slow.taken += 1
                turn.lane = self._slow
        for lane in (self._quick, self._slow):
            while lane.waiting and not lane.is_full:
                lane.taken += 1
                self._threads.submit(self._do, lane.waiting.popleft())
