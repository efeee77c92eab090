"""What of a text is shown as it is, and what is written as its code.

Names hold what no font has, and what nobody sees: a character without width that makes another name of it, or one that turns
the reading order around. On paper both are written out, 〔U+202E〕: what is printed is what is stored.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from services.chassis.core import cleaning
from services.civic.paper.fonts import Fonts

UNSEEN = re.compile(f"[{cleaning.UNSEEN}\u2800]")
"""What shows nothing, and the empty Braille pattern: fonts have them."""
NEVER = {"Cc", "Cs", "Co", "Zl", "Zp"}
"""Categories that no document may hold: control characters, surrogates, private ones, separators of lines."""


def shown(data: Any, fonts: Fonts) -> Any:
    """Give JSON data with every text of it as it can be printed; keys are the template's own."""
    if isinstance(data, str):
        return _text(data.replace("\r\n", "\n").replace("\t", " "), fonts)
    if isinstance(data, dict):
        return {name: shown(one, fonts) for name, one in data.items()}
    if isinstance(data, list | tuple):
        return [shown(one, fonts) for one in data]
    return data


def missing(text: str, fonts: Fonts) -> list[str]:
    """Name the characters of a text that would be written as their codes, each once, as they come."""
    whole = text.replace("\r\n", "\n").replace("\t", " ")
    fits = _fits(whole, fonts)
    return list(dict.fromkeys(one for one, fit in zip(whole, fits, strict=True) if not fit))


def _text(text: str, fonts: Fonts) -> str:
    if text.isascii() and text.isprintable():
        return text
    fits = _fits(text, fonts)
    return "".join(one if fit else f"〔U+{ord(one):04X}〕" for one, fit in zip(text, fits, strict=True))


def _fits(text: str, fonts: Fonts) -> list[bool]:
    """Tell of each character whether it is shown as it is."""
    forms = {found.start() for found in cleaning.SHAPING.finditer(text)}
    fits = []
    fitting = 0  # the fonts that have the last letter and every mark that stands on it so far
    for place, one in enumerate(text):
        if one == "\n" or (place in forms and fitting):
            fits.append(True)
            continue
        fitting = _fitting(one, fitting, fonts)
        fits.append(bool(fitting))
    return fits


def _fitting(one: str, before: int, fonts: Fonts) -> int:
    """Give the fonts that can show a character: a mark must be in the same font as its letter."""
    category = unicodedata.category(one)
    if category in NEVER or UNSEEN.match(one):
        return 0
    having = fonts.having[ord(one)]
    return having & before if category.startswith("M") else having
