"""Search of Chinese text by an ordinary index, without a dictionary: every word must stand in what is found.

    grams   every character and every two neighbours of the texts, and the beginnings of their pinyin and initials: indexed, they
            find the candidates
    plain   the texts themselves, letters and digits only, and their whole pinyin and initials: not indexed, they decide where grams
            alone do not prove a word

Traditional characters, full width, tones, ü and case make no difference (chinese_text.py). A word in letters is pinyin or initials
from any syllable on. MongoDB's text index does not segment Chinese: it would know a word only where it is the whole text. An index on (...,
grams, order, _id) answers a search in order; `paging.page` takes the filter as it is.
"""

import unicodedata
from collections.abc import Iterable

from bson.regex import Regex

from services.chassis.storage.chinese_text import beginnings, letters, normal, spelled, spellings, syllables

FIELDS = ("grams", "plain")
"""What a searchable document holds for the search only; a list leaves it out."""

KEYS = "#2"
"""Stands among the grams and says by which rules they were computed; whoever changes the rules counts it up and migrates."""

MOST_LETTERS = 6
"""Letters of a spelled word that the index knows; what is longer is decided by the whole spelling."""


def words_of(text: str) -> list[str]:
    """Give the words that a search asks for: between spaces, in normal form, each once; [] where only signs are asked."""
    return sorted({word for word in map(normal, text.split()) if word})


def searchable(*texts: str, also: Iterable[str] = (), wholes: Iterable[str] = ()) -> dict:
    """Give the fields by which a document is found: by words of the texts, by what they are `also` called, and by the `wholes` as they are.

    The texts are found in letters too, what they are `also` called only as it is written.
    """
    forms = list(dict.fromkeys(form for text in (*texts, *also) for form in (normal(text), _as_before(text))))
    spelt = [[letters(one) for one in syllables(normal(text))] for text in texts]
    grams = {gram for form in forms for gram in [*form, *_pairs(form)]}
    found = {one for text in spelt for one in beginnings(text, MOST_LETTERS)}
    long = [whole for text in spelt for whole in spellings(text) if len(whole) > MOST_LETTERS]
    return {
        "grams": sorted(grams | _marked(wholes) | _in_letters(found) | {KEYS}),
        "plain": [*forms, *dict.fromkeys(long)],
    }


def matching(words: Iterable[str], wholes: Iterable[str] = ()) -> dict:
    """Give the filter of the documents that hold every one of the words (as `words_of` gives them) and of the wholes."""
    asked = {word: spelled(word) for word in words}
    in_letters = [letters for letters in asked.values() if letters]
    as_written = [word for word, letters in asked.items() if not letters]
    grams = {gram for word in as_written for gram in _pairs(word) or [word]}
    grams |= _in_letters(word[:MOST_LETTERS] for word in in_letters)
    # the first one bounds the index scan, and a rare one does it best: a long one before a character, and a whole value,
    # which one in three documents may have, comes last
    ordered = [*sorted(grams, key=lambda gram: (-len(gram), gram)), *sorted(_marked(wholes))]
    where: dict = {"grams": {"$all": ordered}}
    # a character and a pair are found exactly; the pairs of a longer word could stand apart
    long = [word for word in as_written if len(word) > 2]
    long += [word for word in in_letters if len(word) > MOST_LETTERS]
    return {**where, "plain": {"$all": [Regex(word) for word in long]}} if long else where


def _as_before(text: str) -> str:
    """Give the form in which the version before asks, which runs beside this one during an upgrade; it goes with 0.3.0."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def _pairs(word: str) -> list[str]:
    return [word[start : start + 2] for start in range(len(word) - 1)]


def _marked(wholes: Iterable[str]) -> set[str]:
    """Mark whole values, so that no character or pair of a text can be mistaken for one."""
    return {f"={value}" for value in wholes}


def _in_letters(beginnings: Iterable[str]) -> set[str]:
    """Mark what is spelled: the letters of 李 are not those that stand in a text."""
    return {f"~{beginning}" for beginning in beginnings}
