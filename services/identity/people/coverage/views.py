"""What everybody can read of the board."""

from datetime import timedelta

from services.chassis.core.errors import NotFound
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.people.coverage.model import TREND_DAYS, Sum, day_of, shown, with_trend
from services.identity.people.coverage.ports import Divisions
from services.identity.people.coverage.store import CoverageStore

BELOW = {6: 9, 9: 12}


def one(coverage: CoverageStore, divisions: Divisions, call: Call) -> dict:
    """Find a division's figures; raises NotFound for one without villages."""
    code = call.data["code"]
    found = coverage.sums(len(code), code)
    if not found:
        raise NotFound("coverage.not_found", "没有这个区划的数据，请核对区划代码。")
    return _now(coverage, divisions, found[:1], call)[0]


def below(coverage: CoverageStore, divisions: Divisions, call: Call) -> dict:
    """List the figures of the divisions directly below one, by code; below a village there are none."""
    parent, limit = call.data["parent"], call.data["limit"]
    digits = BELOW.get(len(parent))
    found = coverage.sums(digits, parent, call.data["after"] or "") if digits else []
    more = len(found) > limit
    return {
        "items": _now(coverage, divisions, found[:limit], call),
        "next": found[limit - 1].code if more else None,
    }


def _now(coverage: CoverageStore, divisions: Divisions, found: list[Sum], call: Call) -> list[dict]:
    codes, day = [one.code for one in found], day_of(call.now - timedelta(days=TREND_DAYS))
    before = coverage.days_of(divisions.edition_of(codes[0]), codes, day) if codes else {}
    return [with_trend(shown(one), before.get(one.code)) for one in found]


def days(coverage: CoverageStore, divisions: Divisions, call: Call) -> dict:
    """List a division's days, the latest first, also of what it was in earlier editions under whatever code."""
    lineage = divisions.lineage(call.data["code"], call.data["edition"])
    of_it = [{"code": code, "edition": edition} for edition, code in lineage]
    # apart from the cursor's own bound
    return page(coverage.days, {"$and": [{"$or": of_it}]}, call.data, ("day", -1), dict)
