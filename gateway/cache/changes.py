"""What was told to have changed, as counters: an answer holds as long as the counter it depends on stands still."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from services.chassis.operations.patterns import Wanted

PLACES = 1021
"""Counters for single things of one group of events. Two things may share one: then one is asked again for nothing,
the same two in every process (`hash` would share them out by chance)."""
EVERYTHING = 0
"""The counter of lists: any event of the group moves it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a counter stood before something was asked."""

    counters: list[int]
    place: int
    stood: int

    @property
    def holds(self) -> bool:
        """Tell whether nothing was told since."""
        return self.counters[self.place] == self.stood


class Changes:
    """The counters of every group of events that some route names; not for several threads at once."""

    def __init__(self, groups: Iterable[tuple[str, ...]]):
        self._counters = {group: [0] * (PLACES + 1) for group in groups}
        self._reading = {g: [re.compile(Wanted(one).type_pattern) for one in g] for g in self._counters}
        self._groups_of: dict[str, list[list[int]]] = {}

    def mark(self, group: tuple[str, ...], subject: str | None) -> Mark:
        """Note where the group stands, for one subject or (None) for everything."""
        counters = self._counters[group]
        place = EVERYTHING if subject is None else _place(subject)
        return Mark(counters, place, counters[place])

    def told(self, type: str, subject: str) -> None:
        """An event was heard; one that is not recognised may mean anything."""
        groups = self._groups_of.get(type)
        if groups is None:
            groups = self._groups_of[type] = self._matching(type) or list(self._counters.values())
        for counters in groups:
            counters[EVERYTHING] += 1
            counters[_place(subject)] += 1

    def everything(self) -> None:
        """Nothing that was noted before holds any more."""
        for counters in self._counters.values():
            counters[:] = [stood + 1 for stood in counters]

    def _matching(self, type: str) -> list[list[int]]:
        return [
            self._counters[group]
            for group, patterns in self._reading.items()
            if any(pattern.match(type) for pattern in patterns)
        ]


def _place(subject: str) -> int:
    return 1 + crc32(subject.encode(errors="replace")) % PLACES
