"""How text is cleaned before any rule looks: what keyboards, chats, spreadsheets and scanners put in without anybody seeing it.

One place, so that the same number is the same number wherever it is typed. Nothing is guessed: letters that only look alike (a Cyrillic х
for an X) stay what they are and are refused by the rule that comes after.
"""

import re
import unicodedata

_DEFAULT_IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Code points that show nothing (Default_Ignorable_Code_Point of DerivedCoreProperties.txt, Unicode 15)."""

UNSEEN = "".join(f"{chr(low)}-{chr(high)}" for low, high in _DEFAULT_IGNORABLE)
"""The same, as the inside of a class of a regular expression."""

_INVISIBLE = re.compile(f"[{UNSEEN}]")
SHAPING = re.compile(
    "(?<=[\u0620-\u06d3\u0750-\u077f])[\u200c\u200d]|(?<=[\u1820-\u18aa])[\u180b-\u180e\u200d]"
)
"""The unseen that do show: behind letters of Arabic and Mongolian script they choose the letters' forms."""
_BREAKS = re.compile("[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_MINUS = "\u2212"


def visible(text: str) -> str:
    """Drop what shows nothing: format characters, variation selectors, fillers."""
    if not text.isprintable():  # most text is, and needs no look at each character
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return _INVISIBLE.sub("", text)


def as_written(text: str) -> str:
    """Drop what shows nothing from a name, and keep what chooses its letters' forms: ᠪᠠᠶᠠᠷ᠎ᠠ is written with one of them."""
    parts = SHAPING.split(text)
    return "".join(
        visible(part) + kept for part, kept in zip(parts, [*SHAPING.findall(text), ""], strict=True)
    )


def on_one_line(text: str) -> str:
    """Let each line break or tab (a pasted cell, a second line) be one space."""
    return _BREAKS.sub(" ", text)


def compact(text: str) -> str:
    """Write a number or a code as a machine would: half-width, without blanks, dashes and whatever shows nothing."""
    return with_plain_dashes(text).replace("-", "")


def with_plain_dashes(text: str) -> str:
    """Write a number half-width and without blanks, each of its dashes the one of a keyboard."""
    plain = visible(unicodedata.normalize("NFKC", visible(text)))
    return "".join("-" if _is_dash(c) else c for c in plain if not c.isspace())


def _is_dash(character: str) -> bool:
    return character == _MINUS or unicodedata.category(character) == "Pd"


def is_number(text: str) -> bool:
    """Whether it is made of the digits 0 to 9: `isdigit` alone takes ² for one, and `int` then does not."""
    return text.isascii() and text.isdigit()


def says_something(text: str) -> bool:
    """Whether a letter or an ideograph is in it: a name of dots, blanks or digits alone is none."""
    return any(unicodedata.category(c).startswith("L") for c in text)


def whole(text: str) -> bool:
    """Whether every character is a whole one; half of a surrogate pair cannot be stored."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


LARGEST = 2**53
"""The largest whole number that every reader of JSON keeps exactly (RFC 8259 section 6)."""


def storable(value: object, deep: int) -> bool:
    """Tell whether JSON of at most `deep` levels can be stored and sent on: whole text, no NUL, finite numbers that stay exact."""
    if isinstance(value, dict | list):
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        return deep > 0 and all(storable(one, deep - 1) for one in inside)
    if isinstance(value, str):
        return whole(value) and "\0" not in value
    if isinstance(value, int | float):
        return -LARGEST <= value <= LARGEST
    return value is None
