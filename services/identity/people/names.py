"""How a name is compared with a register's: people and offices write the same one differently."""

import re
import unicodedata

DOTS = re.compile(r"[\s·•・‧∙．.]")


def plain_name(name: str) -> str:
    """Give a name without what people write differently: width, blanks, the dot inside (GB/T 38326 leaves the dot free)."""
    return DOTS.sub("", unicodedata.normalize("NFKC", name)).upper()
