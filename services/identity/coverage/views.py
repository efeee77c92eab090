"""What everybody can read of the board."""

from services.chassis.calls import Call
from services.chassis.errors import NotFound
from services.chassis.paging import page
from services.identity.coverage.model import shown
from services.identity.coverage.store import CoverageStore

BELOW = {6: 9, 9: 12}


def one(coverage: CoverageStore, call: Call) -> dict:
    """Give a division's figures; raises NotFound for one without villages."""
    code = call.data["code"]
    found = coverage.sums(len(code), code)
    if not found:
        raise NotFound("coverage.not_found", "没有这个区划的数据，请核对区划代码。")
    return shown(found[0])


def below(coverage: CoverageStore, call: Call) -> dict:
    """Give the figures of the divisions directly below one, by code; below a village there are none."""
    parent, limit = call.data["parent"], call.data["limit"]
    digits = BELOW.get(len(parent))
    found = coverage.sums(digits, parent, call.data["after"] or "") if digits else []
    more = len(found) > limit
    return {
        "items": [shown(each) for each in found[:limit]],
        "next": found[limit - 1].code if more else None,
    }


def days(coverage: CoverageStore, divisions, call: Call) -> dict:
    """Give a page of a division's days, the latest first, also of what it was in earlier editions under whatever code."""
    lineage = divisions.lineage(call.data["code"], call.data["edition"])
    of_it = [{"code": code, "edition": edition} for edition, code in lineage]
    return page(coverage.days, {"$or": of_it}, call.data, ("day", -1), dict)
