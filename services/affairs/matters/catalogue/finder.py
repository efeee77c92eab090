"""The ranking of the catalogue as it stands now, kept in the process.

Before each search what was saved lately is asked for, by an index: a version that is not known yet is taken over. A clock that is
wrong by up to OVERLAP loses nothing; what a version of the program before this one saved is seen when all is read anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from services.affairs.matters.catalogue.ranking import Ranking, SearchEntry, entry

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.store import MatterStore

T = TypeVar("T")
OVERLAP = timedelta(minutes=2)
ANEW = timedelta(minutes=10)


class Finder:
    """Finds matters by what people say; one for each process."""

    def __init__(self, matters: MatterStore):
        self._matters = matters
        self._lock = threading.Lock()
        self._entries: dict[str, SearchEntry] = {}
        self._ranking = Ranking(())
        self._read_at: datetime | None = None
        self._newest: datetime | None = None

    def ranking(self, now: datetime) -> Ranking:
        """Give the ranking of what is saved now."""
        with self._lock:
            anew = self._read_at is None or now - self._read_at > ANEW
            since = None if anew or self._newest is None else self._newest - OVERLAP
            known = {id: one.version for id, one in self._entries.items()}
            changed = self._matters.searched_by(since, known)
            if changed:
                self._entries |= {one["_id"]: _entry(one) for one in _unhurried(changed)}
                self._ranking = Ranking(_unhurried(list(self._entries.values())))
                saved = [one["saved_at"] for one in changed if one.get("saved_at")]
                self._newest = max([*saved, *([self._newest] if self._newest else [])], default=None)
            if anew:
                self._read_at = now
            return self._ranking


def _unhurried(several: list[T]) -> Iterator[T]:
    """Let others work in between: a thousand matters take a part of a second, which nobody else shall wait for."""
    for number, one in enumerate(several):
        if number % 20 == 0:
            time.sleep(0)
        yield one


def _entry(found: dict) -> SearchEntry:
    called = [*found.get("spoken", ()), *found.get("keywords", ())]
    return entry(
        found["_id"],
        found["version"],
        found["state"],
        found["office"],
        found["kind"],
        found.get("life_event") or "",
        found["name"],
        called,
    )
