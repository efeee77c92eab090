"""How long to wait before the next try, where the other end is away: longer each time, and seldom worth a log line."""

import time


class Backoff:
    """Waits longer each time, 0.1 s to 5 s, and is worth a log line at first and then once a minute."""

    def __init__(self, longest: float = 5.0):
        self.longest = longest
        self.tries = 0
        self.spoke = -60.0

    def seconds(self) -> float:
        """Give the next wait."""
        self.tries += 1
        return min(self.longest, 0.1 * 2 ** min(self.tries - 1, 10))

    def should_speak(self) -> bool:
        """Tell whether to log now: at first, then once a minute."""
        now = time.monotonic()
        if now - self.spoke < 60:
            return False
        self.spoke = now
        return True
