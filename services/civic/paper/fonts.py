"""The fonts of the paper, and which characters each of them has.

Where a font has no glyph, others would show an empty box, and a person would hold a paper without their own name. So it is
known before the pages are set what can be shown.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FACES = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSerif-Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSerifTibetan-Regular.ttf",
    "NotoSansYi-Regular.ttf",
    "NotoSansMongolian-Regular.ttf",
    "NotoSansLisu-Regular.ttf",
    "NotoSansMiao-Regular.ttf",
    "NotoSansTaiLe-Regular.ttf",
    "NotoSansNewTaiLue-Regular.ttf",
    "HanaMinA.ttf",
    "HanaMinB.ttf",
)
"""The file of each font, in the order in which they are asked: Han of everyday life, the scripts of the peoples who write with
another one, then the rare Han of names (extensions A to F)."""

GLYPHS = [str(number) for number in range(0x10000)]


class FontsMissing(Exception):
    """Some of the fonts are in none of the folders; the message names their files."""


@dataclass(frozen=True)
class Fonts:
    """Fonts that were found: `files` in the order of FACES, and by code point a bit for each of them that has it."""

    files: tuple[Path, ...]
    having: array[int]


def files_in(folders: Iterable[str]) -> dict[str, Path]:
    """Find the fonts' files at any depth, by name; the first folder that has one gives it."""
    found: dict[str, Path] = {}
    for folder in folders:
        for place, _, names in os.walk(folder):
            for name in set(FACES).intersection(names):
                found.setdefault(name, Path(place, name))
    return found


def missing_in(folders: Iterable[str]) -> list[str]:
    """Name the fonts that are in none of the folders."""
    found = files_in(folders)
    return [name for name in FACES if name not in found]


@cache
def load(folders: tuple[str, ...]) -> Fonts:
    """Read once in a process, which characters there are; raises FontsMissing."""
    found = files_in(folders)
    if len(found) < len(FACES):
        raise FontsMissing(", ".join(missing_in(folders)))
    files = tuple(found[name] for name in FACES)
    having = array("H", bytes(2 * 0x110000))
    for number, file in enumerate(files):
        for code in _characters(file):
            having[code] |= 1 << number
    return Fonts(files, having)


def _characters(file: Path) -> list[int]:
    # the first paper loads it, not the gateway's start
    from fontTools.ttLib import TTFont

    # the fonts of one collection differ in the shapes of characters, not in which of them there are
    with closing(TTFont(file, fontNumber=0, lazy=True)) as font:
        # numbers for names: to find out what a font calls its glyphs takes eight times as long
        font.setGlyphOrder(GLYPHS)
        return list(font.getBestCmap())
