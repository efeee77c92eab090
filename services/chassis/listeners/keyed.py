"""Work that is serial per key and concurrent across keys."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any


class KeyedWork:
    """Hands out items in order of arrival; never two of one key at the same time."""

    def __init__(self):
        lock = threading.Lock()
        self.changed = threading.Condition(lock)
        self.idle = threading.Condition(lock)
        self.waiting: dict[str, deque] = {}
        self.ready: deque[str] = deque()
        self.busy: set[str] = set()
        self.closed = False

    def put(self, key: str, item: Any) -> None:
        """Add an item behind the others of its key."""
        self.put_all([(key, item)])

    def put_all(self, items: Iterable[tuple[str, Any]]) -> None:
        """Add (key, item)s, each behind the others of its key."""
        with self.changed:
            before = len(self.ready)
            for key, item in items:
                queue = self.waiting.get(key)
                if queue is not None:
                    queue.append(item)
                    continue
                self.waiting[key] = deque([item])
                if key not in self.busy:
                    self.ready.append(key)
            self.changed.notify(len(self.ready) - before)

    def take(self) -> tuple[str, Any] | None:
        """Wait for an item whose key is free; gives None when closed. Say `done(key)` afterwards."""
        with self.changed:
            while not self.ready and not self.closed:
                self.changed.wait()
            return None if self.closed else self._take(self.ready.popleft())

    def take_more(self, most: int, wanted: Callable[[Any], bool]) -> list[tuple[str, Any]]:
        """Give further items of other free keys that are wanted, without waiting; say `done` for each key."""
        taken: list[tuple[str, Any]] = []
        with self.changed:
            others: list[str] = []
            while self.ready and len(taken) < most and not self.closed:
                key = self.ready.popleft()
                if wanted(self.waiting[key][0]):
                    taken.append(self._take(key))
                else:
                    others.append(key)
            self.ready.extendleft(reversed(others))
        return taken

    def _take(self, key: str) -> tuple[str, Any]:
        queue = self.waiting[key]
        item = queue.popleft()
        if not queue:
            del self.waiting[key]
        self.busy.add(key)
        return key, item

    def done(self, *keys: str) -> None:
        """Free the keys for their next items."""
        with self.changed:
            self.busy.difference_update(keys)
            free = [key for key in keys if key in self.waiting]
            self.ready.extend(free)
            self.changed.notify(len(free))
            if not self.busy:
                self.idle.notify_all()

    def forget(self) -> None:
        """Drop everything that nobody has taken yet."""
        with self.changed:
            self.waiting.clear()
            self.ready.clear()

    def wait_idle(self, seconds: float) -> bool:
        """Wait until nothing is in hand; tells whether that is so."""
        with self.idle:
            return self.idle.wait_for(lambda: not self.busy, seconds)

    def close(self) -> None:
        """Let every `take` return None."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()


class Together:
    """Lets work run at the same time, except work that must run alone."""

    def __init__(self):
        self.changed = threading.Condition()
        self.running = 0
        self.alone = False

    @contextmanager
    def shared(self):
        """Run beside others, not beside one that runs alone."""
        with self.changed:
            self.changed.wait_for(lambda: not self.alone)
            self.running += 1
        try:
            yield
        finally:
            with self.changed:
                self.running -= 1
                self.changed.notify_all()

    @contextmanager
    def exclusive(self):
        """Run alone: wait for the others to end, keep new ones out."""
        with self.changed:
            self.changed.wait_for(lambda: not self.alone)
            self.alone = True
            self.changed.wait_for(lambda: self.running == 0)
        try:
            yield
        finally:
            with self.changed:
                self.alone = False
                self.changed.notify_all()
