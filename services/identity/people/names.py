"""How a name is compared with a register's: people and offices write the same one differently."""

import csv
import re
import unicodedata
from pathlib import Path

PRIVATE_USE = Path(__file__).parent / "data" / "gb18030_private_use.csv"

DOTS = re.compile(r"[\s·•・‧∙．.⋅∘●◦⚫⬤⦁⸰⸱⸳ꞏᐧ᛫\u119e。]")
"""What is typed for the dot inside a name, and blanks; \u119e is what NFKC makes of the Korean dot ㆍ."""

IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U000e0000-\U000e0fff]"
)
"""Marks that show nothing (Unicode: Default_Ignorable_Code_Point) and are no format characters: fillers, variation selectors."""

INVISIBLE = {"Cf", "Cc"}
"""Format and control characters, by their category."""


def _assigned() -> dict[int, int]:
    with PRIVATE_USE.open(encoding="ascii", newline="") as file:
        return {int(row["private_use"], 16): int(row["assigned"], 16) for row in csv.DictReader(file)}


ASSIGNED = _assigned()
"""Since GB 18030 has them, these characters have codes of their own; GBK and old input methods still give private ones (䶮 U+E863)."""


def plain_name(name: str) -> str:
    """A name without what people write differently: width, blanks, the dot inside (GB/T 38326 leaves the dot free), invisible marks,
    private-use codes.

    Keyed hashes that are stored were made with it: what it gives for a name without such signs must never change.
    """
    return DOTS.sub("", unicodedata.normalize("NFKC", visible(name).translate(ASSIGNED))).upper()


def visible(text: str) -> str:
    """Text without marks that nobody sees: what is copied from web pages and office programs is full of them."""
    if not text.isprintable():  # most text is, and needs no look at each character
        text = "".join(one for one in text if unicodedata.category(one) not in INVISIBLE)
    return IGNORABLE.sub("", text)
