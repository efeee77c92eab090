"""Short numbers of people and cases: twelve digits that are read out on the phone, in place of an id of 32 characters.

Eleven digits are the first 36 bits of the id, which are random; the twelfth is a check digit (ISO/IEC 7064, MOD 11,10), which finds one
wrong digit and nearly all that changed places. So nothing is stored beside the id. Of 660,000 people some six share theirs with another:
a number of two is taken as unknown, and the whole id says who is meant.
"""

import re
from typing import Any

from stdnum.iso7064 import mod_11_10

BITS_IN_HEX, DIGITS = 9, 11
_ID = re.compile("[0-9a-f]{32}")
_NUMBER = re.compile("[0-9]{12}")


def number_of(id: str) -> str:
    """Give the number of an id, twelve digits; of an id of another kind the id itself."""
    if not _ID.fullmatch(id):
        return id
    digits = f"{int(id[:BITS_IN_HEX], 16):0{DIGITS}}"
    return digits + mod_11_10.calc_check_digit(digits)


def looks_like_a_number(text: str) -> bool:
    """Tell whether this is meant as a number, right or wrong: twelve digits, which no id is."""
    return bool(_NUMBER.fullmatch(text))


def is_right(number: str) -> bool:
    """Tell whether a number can be one: its check digit fits, and it is not above all ids."""
    return mod_11_10.is_valid(number) and int(number[:DIGITS]) < 16**BITS_IN_HEX


def ids_of(number: str) -> dict[str, Any]:
    """Give the condition that the ids of a right number fulfil, as MongoDB reads it: a range, which the ids' own index answers."""
    first = f"{int(number[:DIGITS]):0{BITS_IN_HEX}x}"
    return {"$gte": first, "$lt": f"{first}g"}
