"""A circuit breaker: who fails again and again is left alone for a while, then tried with one request."""

import threading
import time
from collections.abc import Callable

OPENS_AFTER = 5
"""Failures in a row."""

RESTS_SECONDS = 30.0
"""How long somebody is left alone; then one request tries, and its success lets the others follow."""


class CircuitBreaker:
    """Tells whether a provider of the outside world may be asked; one for each provider in each process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._failures, self._again_at = 0, 0.0
        self._lock = threading.Lock()

    @property
    def lets(self) -> bool:
        """Tell whether it may be asked now, without asking it."""
        return self._failures < OPENS_AFTER or self._clock() >= self._again_at

    def begin(self) -> bool:
        """Tell whether this request may be made now; of those that wait for a resting provider, one is let."""
        with self._lock:
            if not self.lets:
                return False
            if self._failures >= OPENS_AFTER:
                self._again_at = self._clock() + RESTS_SECONDS
            return True

    def succeeded(self) -> None:
        """It answered."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._failures += 1
            if self._failures >= OPENS_AFTER:
                self._again_at = self._clock() + RESTS_SECONDS
