"""Chinese text in the form in which it is searched, and how it is spelled in letters.

What is stored and what is asked go through the same functions. Each character is folded by itself, whatever stands beside it: thereby a
part of a text is a part of its folded text too, which a conversion by phrases (OpenCC's usual one) does not promise. The price: the
few characters that are simplified in some words only stay as they are (答覆, 藉口).
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

_TONE_NUMBER = re.compile(r"(?<=[a-z]{2})[1-5](?![0-9])")
"""The 1 of san1he2; not the 4 of a4 or the 30 of p30."""


def normal(text: str) -> str:
    """The text simplified, in half width and lower case, without tones, accents and signs: 《髙齡津貼》（Ａ） -> 高龄津贴a."""
    apart = unicodedata.normalize("NFKD", text).lower()
    kept = unicodedata.normalize("NFC", "".join(c for c in apart if c.isalnum()))
    return "".join(map(_simplified, kept))


def syllables(text: str) -> list[str]:
    """The pinyin of each character without tones, in the reading that the dictionary finds likeliest: 平乐 -> ping le.

    ü is v, as pypinyin writes it; a run of letters or digits is one syllable.
    """
    return [one.lower() for one in lazy_pinyin(text, style=Style.NORMAL)]


def letters(text: str) -> str:
    """Pinyin as it is compared: people type lv, lu and lü for one syllable, so that both become u."""
    return text.replace("ü", "u").replace("v", "u")


def spelled(word: str) -> str | None:
    """What a word in letters spells, without tone numbers (san1he2 -> sanhe); None for a word that holds anything else."""
    bare = _TONE_NUMBER.sub("", word)
    return letters(bare) if bare.isascii() and bare.isalpha() else None


def spellings(syllables: Iterable[str]) -> tuple[str, str]:
    """The whole pinyin and the initials of a text."""
    given = [letters(one) for one in syllables]
    return "".join(given), "".join(one[0] for one in given)


def beginnings(syllables: list[str], most: int | None = None) -> set[str]:
    """What a text is found by in letters: each beginning, up to so many, of its pinyin and initials from each syllable on."""
    tails = [syllables[start:] for start in range(len(syllables))]
    whole = ["".join(tail) for tail in tails] + ["".join(one[0] for one in tail) for tail in tails]
    return {text[:end] for text in whole for end in range(1, min(len(text), most or len(text)) + 1)}


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _simplified(character: str) -> str:
    return character if character.isascii() else _converter().convert(character)
