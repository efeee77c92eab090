"""What is done with divisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import NotFound
from services.identity.divisions.regions.model import County, Division, id_of

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.divisions.regions.ports import Crosswalk
    from services.identity.divisions.regions.store import CountyStore, RegionStore


def enter_county(counties: CountyStore, code: str, edition: str, call: Call) -> None:
    """Enter a county with the edition that it begins with; one that is there keeps the edition it has."""
    try:
        counties.get(code)
    except NotFound:
        county = County(code, code, edition)
        counties.add(county, county.adopt(edition), call)


def publish(regions: RegionStore, wanted: Division, call: Call) -> str:
    """Enter one division or bring its entry up to date; gives new, changed or unchanged."""
    try:
        known = regions.get(wanted.id)
    except NotFound:
        regions.add(wanted, wanted.published(), call)
        return "new"
    told = ["name", "parent_name", "syllables"]
    # what the county has confirmed says more than the files do
    told += [side for side in ("successors", "predecessors") if not getattr(known, side)]
    changes = {name: getattr(wanted, name) for name in told if getattr(wanted, name) != getattr(known, name)}
    if not changes:
        return "unchanged"
    for name, value in changes.items():
        setattr(known, name, value)
    regions.save(known, known.published(), call)
    return "changed"


def name_kin(regions: RegionStore, table: Crosswalk, call: Call) -> None:
    """Let the divisions of two editions name each other as a confirmed table says, each saved once; repeatable."""
    heirs = {row["old"]: row["new"] for row in table.rows}
    for old, new in heirs.items():
        _name(regions, table.earlier, old, "successors", table.later, new, call)
    for code in sorted({code for new in heirs.values() for code in new}):
        olds = sorted(old for old, new in heirs.items() if code in new)
        _name(regions, table.later, code, "predecessors", table.earlier, olds, call)


def _name(
    regions: RegionStore, edition: str, code: str, side: str, other: str, codes: list[str], call: Call
) -> None:
    division = regions.get(id_of(edition, code))
    kin = [{"edition": other, "code": one} for one in codes]
    if getattr(division, side) != kin:
        setattr(division, side, kin)
        regions.save(division, division.published(), call)


def inherit_figures(regions: RegionStore, id: str, parts: list[dict], by: str, call: Call) -> None:
    """Give a village of a new edition the sums of what all its parts told, unless it has figures of its own."""
    division = regions.get(id)
    told = set.intersection(*(set(figures) for figures in parts)) if parts else set()
    sums = {name: sum(figures[name] for figures in parts) for name in sorted(told)}
    if sums and not division.figures:
        regions.save(division, division.change_figures(sums, by, call.now), call)


def change_figures(regions: RegionStore, counties: CountyStore, scope: dict, call: Call) -> Division:
    """Change a village's figures in the adopted edition; raises NotFound out of scope, Rejected or Conflict by a rule."""
    changes = dict(call.data)
    code = changes.pop("code")
    division = regions.get(id_of(counties.edition_of(code), code), call, scope)
    regions.save(division, division.change_figures(changes, call.actor.id, call.now), call)
    return division
