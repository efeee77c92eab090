"""Which entries a question means: kept in the process, ranked in a few milliseconds, without a dictionary of words.

A question and the names of entries are compared by the characters that they share, two at a time (`pairs`), by what villagers call an
entry (`called`), by what they say of doing something (`actions`), and, where nothing was found so, by sound. How much of what a question says is
explained by an entry is its `share`: below a bound an entry is no answer, because none is better than a wrong one.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import TYPE_CHECKING

from services.chassis.storage.chinese_text import letters, normal, spelled, spellings, syllables
from services.civic.searching.empty_words import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_SHARE = 0.55
"""Of what a question says that an entry has to explain, the rare characters counting most."""
BY_SOUND = 0.75
"""What a pair counts that stands in no name and sounds like one."""
BESIDE = 0.3
"""What a pair counts that stands only in what is beside the name: the office of a matter, who decides on a power."""
FIRST = 1.25
"""By so much what villagers ask for most goes before others."""
POINTS = 1_000_000
"""Ranks are whole numbers, so that a cursor holds them exactly."""


@dataclass(frozen=True)
class SearchEntry:
    """What the search knows of one thing; names are in normal form, `spelt` are the syllables of each of them.

    `where` are the values by which what was found is narrowed, by their names.
    """

    id: str
    version: int
    name: str
    called: tuple[str, ...]
    beside: str
    sought: bool
    where: Mapping[str, str]
    spelt: tuple[tuple[str, ...], ...] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The official name and all that it is called."""
        return (self.name, *self.called)

    def fits(self, where: Mapping[str, str]) -> bool:
        """Tell whether it has all of these values."""
        return all(self.where.get(name) == value for name, value in where.items())


def entry(
    id: str,
    version: int,
    name: str,
    called: Iterable[str],
    where: Mapping[str, str],
    beside: str = "",
    sought: bool = False,
) -> SearchEntry:
    """Compute what something is found by: its `name`, what it is `called`, and less by what stands `beside`; `sought` goes first."""
    names = tuple(dict.fromkeys(normal(one) for one in (name, *called)))
    spelt = tuple(tuple(letters(one) for one in syllables(one)) for one in names)
    return SearchEntry(
        id=id,
        version=version,
        name=names[0],
        called=names[1:],
        beside=normal(beside),
        sought=sought,
        where=where,
        spelt=spelt,
    )


class Ranking:
    """The entries with what leads to them; `actions` are the official words of each spoken word of doing something."""

    def __init__(self, entries: Iterable[SearchEntry], actions: Mapping[str, tuple[str, ...]] | None = None):
        self._actions = actions or {}
        self.entries = {one.id: one for one in entries}
        self._pairs: dict[str, set[str]] = defaultdict(set)
        self._beside: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        self._sounds: dict[str, set[str]] = defaultdict(set)
        tails = []
        for one in self.entries.values():
            for name, spelt in zip(one.names, one.spelt, strict=True):
                self._called[name].add(one.id)
                for pair in pairs(name):
                    self._pairs[pair].add(one.id)
                for pair in sounds(spelt):
                    self._sounds[pair].add(one.id)
                tails += _tails(spelt, one.id)
            for pair in pairs(one.beside):
                self._beside[pair].add(one.id)
        self._tails = sorted(tails)
        self._longest = max(map(len, self._called), default=0)

    def find(self, words: list[str], most: int = 400) -> list[tuple[int, str]]:
        """Give (rank, id) of the entries that the words mean, the best first; [] where none is meant.

        Those that hold every word as it stands go alone; where there are none, those that explain enough of the question; where there
        are none either, those that hold what is left of it without the words that say nothing.
        """
        ranked = (
            self._holding(words) or self._explaining(words) or self._holding(self._without_the_empty(words))
        )
        return sorted(((-rank, id) for id, rank in ranked.items()))[:most]

    def fitting(self, words: list[str], where: Mapping[str, str]) -> list[tuple[int, str]]:
        """Give of what the words mean that which has these values."""
        return [one for one in self.find(words) if self.entries[one[1]].fits(where)]

    def _holding(self, words: list[str]) -> dict[str, int]:
        found: dict[str, float] = {}
        for number, word in enumerate(words):
            spelling = spelled(word)
            here = self._spelled_so(spelling) if spelling else self._written_so(word)
            found = {id: found.get(id, 0) + score for id, score in here.items() if not number or id in found}
        return {id: self._rank(id, score / len(words)) for id, score in found.items()}

    def _written_so(self, word: str) -> dict[str, float]:
        ids = (
            set.intersection(*(self._with(pair) for pair in pairs(word)))
            if len(word) > 1
            else set(self.entries)
        )
        found = {}
        for id in ids:
            one = self.entries[id]
            if fits := [len(word) / len(name) for name in one.names if word in name]:
                found[id] = 1 + max(fits) + (word in one.name) + one.name.startswith(word)
            elif word in one.beside:
                found[id] = BESIDE
        return found

    def _spelled_so(self, spelling: str) -> dict[str, float]:
        found: dict[str, float] = {}
        at = bisect_left(self._tails, (spelling,))
        while at < len(self._tails) and self._tails[at][0].startswith(spelling):
            tail, id, weight = self._tails[at]
            found[id] = max(found.get(id, 0), weight * (1 + len(spelling) / len(tail)))
            at += 1
        return found

    def _explaining(self, words: list[str]) -> dict[str, int]:
        scores: dict[str, float] = defaultdict(float)
        whole = 0.0
        for word in words:
            weights = self._weights(word)
            whole += sum(weights)
            for id, places in self._explained(word).items():
                scores[id] += sum(weights[at] * much for at, much in places.items())
        least = LEAST_SHARE * whole
        return {id: self._rank(id, score / whole) for id, score in scores.items() if whole and score >= least}

    def _without_the_empty(self, words: list[str]) -> list[str]:
        """Put what says something side by side: 砍自家山上的树 is 砍树."""
        left = [
            "".join(character for character, telling in zip(word, bare(word), strict=True) if telling)
            for word in words
        ]
        return [word for word in left if len(word) > 1]

    def _explained(self, word: str) -> dict[str, dict[int, float]]:
        """Give for each entry the places of a word that it explains, and how well."""
        found: dict[str, dict[int, float]] = defaultdict(dict)

        def explain(ids: Iterable[str], start: int, end: int, much: float) -> None:
            for id in ids:
                for at in range(start, end):
                    found[id][at] = max(found[id].get(at, 0), much)

        heard = sounds(map(_syllable, word))
        for start in range(len(word)):
            pair = word[start : start + 2]
            if len(pair) == 2:
                explain(self._beside.get(pair, ()), start, start + 2, BESIDE)
                explain(self._pairs.get(pair, ()), start, start + 2, 0.9)
                if pair not in self._pairs:
                    explain(self._sounds.get(heard[start], ()), start, start + 2, BY_SOUND)
            for end in range(start + 2, min(len(word), start + self._longest) + 1):
                explain(self._called.get(word[start:end], ()), start, end, 1.0)
        for said, official in self._actions.items():
            start = word.find(said)
            if start >= 0:
                meant = {id for id in found if any(one in self.entries[id].name for one in official)}
                explain(meant, start, start + len(said), 1.0)
        return found

    def _weights(self, word: str) -> list[float]:
        """Give for each character what it says: nothing for 怎么, much for what few entries hold."""
        telling = bare(word, self._called.keys() & _parts(word))
        alone = log(len(self.entries) + 1)
        weights = [0.0 if not one else alone / 2 for one in telling]
        for start in range(len(word) - 1):
            held = len(self._pairs.get(word[start : start + 2], ()))
            if held:
                says = log(1 + len(self.entries) / held)
                for at in (start, start + 1):
                    weights[at] = max(weights[at], says) if telling[at] else 0.0
        return weights

    def _with(self, pair: str) -> set[str]:
        return self._pairs.get(pair, set()) | self._beside.get(pair, set())

    def _rank(self, id: str, score: float) -> int:
        """What is most sought before others, and among equals the shorter name, which has least beside what was asked for."""
        one = self.entries[id]
        return round(POINTS * score * (FIRST if one.sought else 1) / (1 + len(one.name) / 500))


def pairs(text: str) -> list[str]:
    """Every two neighbouring characters."""
    return [text[start : start + 2] for start in range(len(text) - 1)]


@cache
def _syllable(character: str) -> str:
    return next(iter(syllables(character)), "")


def sounds(spelt: Iterable[str]) -> list[str]:
    """Every two neighbouring syllables, told apart as people in Sichuan hear them."""
    heard = [_heard(letters(one)) for one in spelt]
    return [f"{one} {other}" for one, other in itertools.pairwise(heard)]


def _heard(syllable: str) -> str:
    for written, said in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l")):
        if syllable.startswith(written):
            syllable = said + syllable.removeprefix(written)
            break
    return syllable[:-1] if syllable.endswith(("ing", "eng")) else syllable


def _tails(spelt: tuple[str, ...], id: str) -> list[tuple[str, str, float]]:
    """What a name is found by in letters: its pinyin and its initials, from each syllable on; from the first one best."""
    found = []
    for start in range(len(spelt)):
        whole, initials = spellings(spelt[start:])
        best = 1.0 if start == 0 else 0.5
        found += [(whole, id, best), (initials, id, best / 2)]
    return found


def _parts(word: str) -> set[str]:
    return {word[start:end] for start in range(len(word)) for end in range(start + 2, len(word) + 1)}
