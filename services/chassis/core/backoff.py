"""How long to wait before the next try, where the other end is away: longer each time, and seldom worth a log line."""

import random
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

Pause = TypeVar("Pause", float, timedelta)

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds."""

SPEAKS_EVERY = 60.0
"""Seconds between two log lines about one outage."""


def doubled(first: Pause, longest: Pause, tries: int, jitter: float = 1.0) -> Pause:
    """Double the pause with each try; up to half of it is chance (jitter, 0 to 1): who failed together does not come together."""
    whole = min(first * 2 ** min(max(tries, 1) - 1, 30), longest)
    return whole * (0.5 + jitter / 2)


class Backoff:
    """Waits longer each time, and is worth a log line at first and then once a minute."""

    def __init__(self, longest: float = LONGEST_PAUSE, chance: Callable[[], float] = random.random):
        self.longest = longest
        self.chance = chance
        self.reset()

    def reset(self) -> None:
        """Say that it works again: the next failure is a first one."""
        self.tries = 0
        self.spoke = float("-inf")

    def seconds(self) -> float:
        """Give the next wait."""
        self.tries += 1
        return doubled(FIRST_PAUSE, self.longest, self.tries, self.chance())

    def should_speak(self) -> bool:
        """Tell whether to log now: at first, then once a minute."""
        now = time.monotonic()
        if now - self.spoke < SPEAKS_EVERY:
            return False
        self.spoke = now
        return True


def persist(
    work: Callable[[Backoff], None],
    stopping: threading.Event,
    outages: tuple[type[Exception], ...],
    complain: Callable[[Exception], None],
    longest: float = LONGEST_PAUSE,
) -> None:
    """Do `work` over and over until told to stop, pausing in between; one of `outages` is complained of and waited out.

    `work` is given the back-off, to reset it once it works. Other exceptions end it: they are faults, not outages.
    """
    backoff = Backoff(longest)
    while not stopping.is_set():
        try:
            work(backoff)
        except outages as error:
            if not stopping.is_set() and backoff.should_speak():
                complain(error)
        stopping.wait(backoff.seconds())
