"""How much is sold: exact to a thousandth of the unit, as whole numbers.

0.5 斤 is 500 in the fields that end in `_milli`, as 0.5 元 is 50 in those that end in `_fen`: a number that JSON, the database's arithmetic
and every language hold exactly, and that the one conditional write on the stock computes by itself; a decimal string would have to
be read and written there. The fields without the ending are whole units, as they were before there were parts.
"""

from decimal import Decimal

UNIT = 1000


def to_milli(told: dict, name: str) -> int:
    """The amount that is told under `<name>_milli`, or as whole units under `<name>`: by older clients, and by events of the version before."""
    return told[f"{name}_milli"] if f"{name}_milli" in told else told[name] * UNIT


def rounded_up_units(milli: int) -> int:
    """Whole units, of which one that is begun counts: 1.5 箱 fill 2 boxes."""
    return -(-milli // UNIT)


def total_fen(price_fen: int, milli: int) -> int:
    """What an amount costs at the price of one unit, half a 分 rounded up."""
    return (price_fen * milli + UNIT // 2) // UNIT


def format_amount(milli: int) -> str:
    """The amount as people write it: 500 -> 0.5."""
    return f"{(Decimal(milli) / UNIT).normalize():f}"
