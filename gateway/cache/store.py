"""The answers of one process: used only while the events are heard, kept only where none came in between.

An entry is first kept among those that were asked for once; the next use moves it to those that are asked for often. So
a flood of questions that nobody repeats pushes out its own kind and nothing else.
"""

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from operator import attrgetter

from cachetools import LRUCache

from gateway.cache.answers import etag_of
from gateway.cache.changes import Changes, Mark
from gateway.cache.entry import KeptAnswer, Key

SILENCE = 5.0
"""Seconds after which a connection that has shown no sign of life is not believed any more."""
NEVER = float("-inf")
ONCE_SHARE = 4
"""One part in so many is for what was asked for once."""


class Asking:
    """One question on its way to a service; `held` is its answer where it could be kept."""

    __slots__ = ("_done", "began_at", "held", "key", "mark")

    def __init__(self, key: Key, mark: Mark, began_at: float):
        self.key, self.mark, self.began_at = key, mark, began_at
        self.held: KeptAnswer | None = None
        self._done = threading.Event()

    def settle(self) -> None:
        """Wake who waits for it."""
        self._done.set()

    def wait(self, seconds: float) -> KeptAnswer | None:
        """Wait for the answer; None where it failed, was overtaken by an event, or takes longer."""
        self._done.wait(seconds)
        return self.held


class KeptAnswers:
    """What is kept; for any number of threads. `groups` are the groups of events that the routes name."""

    def __init__(
        self,
        most_bytes: int,
        max_age: float,
        groups: Iterable[tuple[str, ...]],
        clock: Callable[[], float] = time.monotonic,
    ):
        self.max_age = max_age
        self._once: LRUCache[Key, KeptAnswer] = LRUCache(most_bytes // ONCE_SHARE, attrgetter("size"))
        self._often: LRUCache[Key, KeptAnswer] = LRUCache(
            most_bytes - most_bytes // ONCE_SHARE, attrgetter("size")
        )
        self._changes = Changes(groups)
        self._asking: dict[Key, Asking] = {}
        self._heard_until = NEVER
        self._lock = threading.Lock()
        self._clock = clock

    def __len__(self) -> int:
        return len(self._once) + len(self._often)

    @property
    def size(self) -> int:
        """Give what all entries take, in bytes."""
        return int(self._once.currsize + self._often.currsize)

    @property
    def usable(self) -> bool:
        """Tell whether the events are heard now."""
        return self._clock() < self._heard_until

    def age(self, held: KeptAnswer) -> float:
        """Give the seconds since the entry was asked for."""
        return self._clock() - held.asked_at

    def find(self, key: Key) -> KeptAnswer | None:
        """Give what is kept under the key, if it still holds."""
        with self._lock:
            now = self._clock()
            if now >= self._heard_until:
                return None
            held = self._often.get(key)
            promoted = None if held else self._once.pop(key, None)
            held = held or promoted
            if held is None:
                return None
            if not held.mark.holds or now - held.asked_at >= self.max_age:
                self._often.pop(key, None)
                return None
            if promoted:
                _put(self._often, promoted)
            return held

    def begin(self, key: Key, group: tuple[str, ...], subject: str | None) -> tuple[Asking, bool] | None:
        """Give the question on its way, and whether the caller is the one who asks it; None where nothing may be kept.

        A question that an event has overtaken is not waited for: its answer may be the old one.
        """
        with self._lock:
            now = self._clock()
            if now >= self._heard_until:
                return None
            asking = self._asking.get(key)
            if asking is not None and asking.mark.holds:
                return asking, False
            asking = self._asking[key] = Asking(key, self._changes.mark(group, subject), now)
            return asking, True

    def end(self, asking: Asking, body: bytes | None, route: str) -> None:
        """Keep the answer (None: there is none) unless something was told since it was asked for, and wake who waits."""
        with self._lock:
            if self._asking.get(asking.key) is asking:
                del self._asking[asking.key]
            if body is not None and asking.mark.holds and self._clock() < self._heard_until:
                asking.held = KeptAnswer(asking.key, body, etag_of(body), route, asking.began_at, asking.mark)
                _put(self._once, asking.held)
        asking.settle()

    def changed(self, type: str, subject: str) -> None:
        """An event was heard."""
        with self._lock:
            self._changes.told(type, subject)

    def heard_everything(self, until: float) -> None:
        """Every event that was published until then (monotonic seconds) was heard."""
        self._heard_until = until + SILENCE

    def empty(self) -> None:
        """Forget everything, also what is on its way, and use nothing until something is heard again."""
        with self._lock:
            self._heard_until = NEVER
            self._changes.everything()
            self._once.clear()
            self._often.clear()


def _put(entries: LRUCache, held: KeptAnswer) -> None:
    """Keep an entry in place of its older one; what is larger than all entries may be is not kept."""
    entries.pop(held.key, None)
    with suppress(ValueError):
        entries[held.key] = held
