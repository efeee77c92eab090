"""How a name is compared with a register's: people and offices write the same one differently."""

import csv
import re
import unicodedata
from pathlib import Path

from services.chassis.core.cleaning import visible

PRIVATE_USE = Path(__file__).parent / "data" / "gb18030_private_use.csv"

DOTS = re.compile(r"[\s·•・‧∙．.⋅∘●◦⚫⬤⦁⸰⸱⸳ꞏᐧ᛫\u119e。]")
"""What is typed for the dot inside a name, and blanks; \u119e is what NFKC makes of the Korean dot ㆍ."""


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
    shown = "".join(one for one in visible(name).translate(ASSIGNED) if unicodedata.category(one) != "Cc")
    return DOTS.sub("", unicodedata.normalize("NFKC", shown)).upper()
