"""Kept answers in a bounded number of bytes; what was not used for longest goes first."""

from collections import OrderedDict
from dataclasses import dataclass

from gateway.cache.changes import Mark

OVERHEAD = 1000
"""Bytes that an entry takes beside its key and body, roughly: so the bound on bytes bounds the number of entries too."""

Key = tuple[str, str]
"""(path, query string)"""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """One kept answer; `asked_at` (monotonic seconds) is when its question began, `mark` what it depends on."""

    key: Key
    body: bytes
    etag: str
    route: str
    asked_at: float
    mark: Mark

    @property
    def size(self) -> int:
        """Give what it takes, in bytes."""
        return len(self.body) + len(self.key[0]) + len(self.key[1]) + OVERHEAD


class LruCache:
    """Entries by key, least recently used first; not for several threads at once."""

    def __init__(self, most: int):
        self._most = most
        self._held: OrderedDict[Key, KeptAnswer] = OrderedDict()
        self.size = 0

    def __len__(self) -> int:
        return len(self._held)

    def use(self, key: Key) -> KeptAnswer | None:
        """Give an entry, which is the most recently used one from now on."""
        held = self._held.get(key)
        if held is not None:
            self._held.move_to_end(key)
        return held

    def put(self, held: KeptAnswer) -> None:
        """Keep an entry in place of its older one; what is larger than the whole shelf is not kept."""
        self.take(held.key)
        if held.size > self._most:
            return
        self._held[held.key] = held
        self.size += held.size
        while self.size > self._most:
            self.size -= self._held.popitem(last=False)[1].size

    def take(self, key: Key) -> KeptAnswer | None:
        """Give an entry and keep it no longer."""
        held = self._held.pop(key, None)
        if held is not None:
            self.size -= held.size
        return held

    def clear(self) -> None:
        """Keep nothing."""
        self._held.clear()
        self.size = 0
