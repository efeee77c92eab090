"""The ranking of a list as it stands now, kept in the process.

Before each search what was saved lately is asked for, by an index: a version that is not known yet is taken over. A clock that is
wrong by up to OVERLAP loses nothing; what a version of the program before this one saved is seen when all is read anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from services.civic.searching.ranking import Ranking, SearchEntry

T = TypeVar("T")
OVERLAP = timedelta(minutes=2)
ANEW = timedelta(minutes=10)


class Searched(Protocol):
    """A store that is searched so."""

    def searched_by(self, since: datetime | None, known: dict[str, int]) -> list[dict]:
        """Find what the search has to know: all, or what was saved since then in a version not known yet."""


class RankedFinder:
    """Finds by what people say; one for each process. `entry_of` makes an entry of what the store gives of a document."""

    def __init__(
        self,
        store: Searched,
        entry_of: Callable[[dict], SearchEntry],
        actions: Mapping[str, tuple[str, ...]] | None = None,
    ):
        self._store, self._entry_of, self._actions = store, entry_of, actions
        self._lock = threading.Lock()
        self._entries: dict[str, SearchEntry] = {}
        self._ranking = Ranking((), actions)
        self._read_at: datetime | None = None
        self._newest: datetime | None = None

    def ranking(self, now: datetime) -> Ranking:
        """Give the ranking of what is saved now."""
        with self._lock:
            anew = self._read_at is None or now - self._read_at > ANEW
            since = None if anew or self._newest is None else self._newest - OVERLAP
            known = {id: one.version for id, one in self._entries.items()}
            changed = self._store.searched_by(since, known)
            if changed:
                self._entries |= {one["_id"]: self._entry_of(one) for one in _unhurried(changed)}
                self._ranking = Ranking(_unhurried(list(self._entries.values())), self._actions)
                saved = [one["saved_at"] for one in changed if one.get("saved_at")]
                self._newest = max([*saved, *([self._newest] if self._newest else [])], default=None)
            if anew:
                self._read_at = now
            return self._ranking


def _unhurried(several: list[T]) -> Iterator[T]:
    """Let others work in between: a thousand entries take a part of a second, which nobody else shall wait for."""
    for number, one in enumerate(several):
        if number % 20 == 0:
            time.sleep(0)
        yield one
