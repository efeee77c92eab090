"""The steady load: writers who keep a ledger of what they were told, and readers; and what all of them met."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.ledger import Ledger
from tests.faults.writers import Writer
from tests.rehearsal.outside import Outside, Reader, SteadyCasting

READERS = 2
MORE_SECONDS = 5
FINISH_SECONDS = 60
IN_ORDER = ("503 ", "401 ")
"""How answers begin that a well-behaved client follows: come again, sign in again. Anything else that is no final answer is a failure."""


@dataclass
class StoryLedger(Ledger):
    """A ledger beside what was told before the first writer wrote."""

    told_before: Counter = field(default_factory=Counter)

    def events(self) -> Counter:
        """Give every event that must have been told."""
        return super().events() + self.told_before


@dataclass(frozen=True)
class Met:
    """What all people met so far."""

    answered: int
    sent_back: int
    failed: Counter


class Load:
    """Writers and readers from begin() to end()."""

    def __init__(self, platform: Outside, writers: int, told_before: Counter):
        self.platform = platform
        self.ledger = StoryLedger(told_before=told_before)
        self.enough, self.over = threading.Event(), threading.Event()
        casts = SteadyCasting(platform, self.ledger, self.over).casts(writers)
        self.writers = [Writer(at, cast, self.ledger, self.enough) for at, cast in enumerate(casts)]
        self.readers = [Reader(platform.base, self.enough) for _ in range(READERS)]

    def begin(self) -> None:
        """Let everybody begin."""
        for one in (*self.writers, *self.readers):
            one.start()

    def end(self) -> None:
        """Let everybody finish what they have begun."""
        self.enough.set()
        for one in (*self.writers, *self.readers):
            one.join(FINISH_SECONDS)
        self.over.set()
        for writer in self.writers:
            writer.join(30)

    @property
    def acknowledged(self) -> int:
        """Writes that somebody was told are done."""
        return len(self.ledger.writes)

    def some_more(self) -> None:
        """Let the load go on as it is for a while."""
        time.sleep(MORE_SECONDS)

    def must_go_on(self) -> None:
        """Fail where a writer has met what none should meet: whatever comes would be broken without load."""
        assert not self.ledger.unfinished, self.ledger.unfinished

    def failures(self) -> Counter:
        """Give every request that got neither a final answer nor 503 with Retry-After, by what it got."""
        with self.ledger.lock:
            resent, unclear = Counter(self.ledger.resent), Counter(self.ledger.unclear)
        met = Counter({what: times for what, times in resent.items() if not what.startswith(IN_ORDER)})
        met += unclear
        for reader in self.readers:
            met += reader.failed
        return met

    def met(self) -> Met:
        """Give the figures so far."""
        with self.ledger.lock:
            sent_back = sum(times for what, times in self.ledger.resent.items() if what.startswith("503 "))
        seen = sum((reader.seen for reader in self.readers), Counter())
        return Met(
            answered=self.acknowledged + seen[200],
            sent_back=sent_back + seen[503],
            failed=self.failures(),
        )
