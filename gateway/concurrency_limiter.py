"""Gates: so many requests in work, so few waiting, and who is first; under overload fewer of both."""

import time
from collections import deque
from math import ceil

from gevent.event import Event

from services.chassis.core.settings import Settings

BURST_SECONDS = 1.0
"""A burst may wait this long for its turn."""
WAITING = 16
"""So many may wait at each worker at least: a worker may get all connections of a village's office."""
SHORT_SECONDS = 0.005
"""Where even the queue was full it is no burst: who waits in a standing queue only makes everybody late."""
UPLOADS = "uploads"
"""The gate of what comes with a file, whatever its path; no path begins so."""
OVERLOAD_SECONDS = 3.0
"""So long after the queue was last full, the next crowd counts as a burst again. Only a full queue counts, not a short wait
in vain: else a few callers who never pause would keep the gateway in this state for ever."""


class ConcurrencyLimiter:
    """Lets `places` in at once and `waiting` others wait shortly, a burst `times` as long as elsewhere.

    Under overload it lets in `crowded` only, where given: what is worked on shares the cores with those who are refused.
    Who leaves gives the place to the first of those who wait: nobody who comes later takes it from them. Only greenlets of
    one thread use it; none is interrupted between two lines.
    """

    def __init__(self, places: int, waiting: int, times: int = 1, crowded: int | None = None):
        self._times = times
        self._free = places
        self._kept_free = places - (crowded or places)
        self._room = waiting
        self._line: deque[Event] = deque()
        self._full_at = float("-inf")

    def enter(self) -> bool:
        """Tell whether this request may be worked on now; who enters must `leave`."""
        if not self._line and self._has_place():
            self._free -= 1
            return True
        if len(self._line) >= self._room:
            self._full_at = time.monotonic()
            return False
        turn = Event()
        self._line.append(turn)
        try:
            turn.wait(self._patience())
        except BaseException:
            # killed in the moment in which the place was given
            if turn.is_set():
                self.leave()
            raise
        finally:
            if not turn.is_set():
                self._line.remove(turn)
        return turn.is_set()

    def leave(self) -> None:
        """Give the place to the next."""
        self._free += 1
        while self._line and self._has_place():
            self._free -= 1
            self._line.popleft().set()

    def _has_place(self) -> bool:
        return self._free > (self._kept_free if self._is_overloaded() else 0)

    def _patience(self) -> float:
        return SHORT_SECONDS if self._is_overloaded() else BURST_SECONDS * self._times

    def _is_overloaded(self) -> bool:
        return time.monotonic() - self._full_at < OVERLOAD_SECONDS


def share(settings: Settings) -> int:
    """Give how many requests each worker works on at once."""
    return max(ceil(settings.gateway_admitted / settings.gateway_workers), 2)


def gates(admitted: int) -> dict[str, ConcurrencyLimiter]:
    """Give the gates of one worker by the first part of the path; '' is everybody else's."""
    return {
        # a long queue for a burst, and for a worker that got more than its share of the connections; few places, because what is
        # worked on at once shares the cores, and each then takes the longer; not too few, for what comes together is sent and
        # answered together
        "": ConcurrencyLimiter(admitted, max(2 * admitted, WAITING), crowded=max(admitted // 8, 1)),
        # a password takes a hundred times the processor time of a read: a burst of sign-ins takes seconds
        "sessions": ConcurrencyLimiter(admitted, WAITING, times=5),
        # a department may wait here for seconds, at no cost but the place and a worker of identity
        "events": ConcurrencyLimiter(max(2 * admitted, WAITING), 0),
        # a file comes as slowly as its sender's line; each holds one piece of a quarter of a megabyte
        UPLOADS: ConcurrencyLimiter(max(admitted, WAITING), WAITING, times=5),
        "readyz": ConcurrencyLimiter(2, 0),
    }
