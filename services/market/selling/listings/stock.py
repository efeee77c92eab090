"""Stock as expressions that the server computes inside a write, exact to a thousandth of a unit.

A document holds whole units where they always were (`stock`, `reserved`, `sold`) and what is beyond them in `thousandths`: thereby
the version before, which knows whole units only, may write beside this one and nothing is lost or sold twice.
"""

from services.market.selling.amounts import UNIT


def milli_expression(name: str) -> dict:
    """One of the counts in thousandths."""
    return {"$add": [{"$multiply": [f"${name}", UNIT]}, {"$ifNull": [f"$thousandths.{name}", 0]}]}


def changed(**by: int) -> dict:
    """Give the fields of a listing after its counts changed by so many thousandths."""
    fields: dict = {}
    for name, milli in by.items():
        after = {"$add": [milli_expression(name), milli]}
        part = {"$mod": [after, UNIT]}
        fields[name] = {"$toInt": {"$divide": [{"$subtract": [after, part]}, UNIT]}}
        fields[f"thousandths.{name}"] = part
    return {**fields, "sold_out": sold_out(by.get("stock", 0))}


def sold_out(by: int = 0) -> dict:
    """Tell whether less than one step is left after the stock changed by so many thousandths."""
    return {"$lt": [{"$add": [milli_expression("stock"), by]}, {"$ifNull": ["$step_milli", UNIT]}]}
