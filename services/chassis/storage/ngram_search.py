"""Search of Chinese text by an ordinary index, without a dictionary: every word must stand in what is found.

    grams   every character and every two neighbours of the texts: indexed, they find the candidates
    plain   the texts themselves, letters and digits only: not indexed, they decide where pairs alone do not prove a word

MongoDB's text index does not segment Chinese: it would know a word only where it is the whole text. An index on (...,
grams, order, _id) answers a search in order; `paging.page` takes the filter as it is.
"""

import unicodedata
from collections.abc import Iterable

from bson.regex import Regex

FIELDS = ("grams", "plain")
"""What a searchable document holds for the search only; a list leaves it out."""


def plain(text: str) -> str:
    """Give the text in its compatibility form and in lower case, without any sign that a pattern could read."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum())


def words_of(text: str) -> list[str]:
    """Give the words that a search asks for: between spaces, in plain form, each once; [] where only signs are asked."""
    return sorted({word for word in map(plain, text.split()) if word})


def searchable(*texts: str, wholes: Iterable[str] = ()) -> dict:
    """Give the fields by which a document is found: by words of the texts, and by the `wholes` as they are."""
    found = [plain(text) for text in texts]
    grams = {gram for text in found for gram in [*text, *_pairs(text)]}
    return {"grams": sorted(grams | _marked(wholes)), "plain": found}


def matching(words: Iterable[str], wholes: Iterable[str] = ()) -> dict:
    """Give the filter of the documents that hold every one of the words (as `words_of` gives them) and of the wholes."""
    words = list(words)
    grams = {gram for word in words for gram in _pairs(word) or [word]}
    # the first one bounds the index scan, and a rare one does it best: a pair before a character, and a whole value,
    # which one in three documents may have, comes last
    ordered = [*sorted(grams, key=lambda gram: (-len(gram), gram)), *sorted(_marked(wholes))]
    where: dict = {"grams": {"$all": ordered}}
    # a character and a pair are found exactly; the pairs of a longer word could stand apart
    long = [Regex(word) for word in words if len(word) > 2]
    return {**where, "plain": {"$all": long}} if long else where


def _pairs(word: str) -> list[str]:
    return [word[start : start + 2] for start in range(len(word) - 1)]


def _marked(wholes: Iterable[str]) -> set[str]:
    """Mark whole values, so that no character or pair of a text can be mistaken for one."""
    return {f"={value}" for value in wholes}
