"""A matter as rows of cells: one in the table of matters, as many in the others as its lists have entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.affairs.matters.catalogue.bulk.cells import cell_of, guarded
from services.affairs.matters.catalogue.bulk.columns import FEE, MATTERS, OWN, Sheet
from services.affairs.matters.catalogue.codes import STATE
from services.affairs.matters.catalogue.content import FIELDS

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.model import Matter


def rows_of(matter: Matter, sheet: Sheet) -> list[list[str]]:
    """Give the rows of a matter in one table."""
    if sheet is MATTERS:
        known = [matter.id, str(matter.number), STATE.get(matter.state, matter.state)]
        return [[*known, *_cells(sheet, values_of(matter))]]
    known = [matter.id, str(matter.number), guarded(matter.name)]
    return [[*known, *_cells(sheet, one)] for one in entries_of(matter, sheet)]


def values_of(matter: Matter) -> dict[str, Any]:
    """Give what the table of matters shows, by the names of its columns."""
    content = matter.content
    own = {name: getattr(matter, name) for name in OWN}
    fee = {name: getattr(content.fee, name) for name in FEE}
    return {
        **own,
        **vars(content.access),
        **fee,
        "governs": content.law.governs,
        "result": content.course.result,
        "days_unit": content.days_unit,
    }


def entries_of(matter: Matter, sheet: Sheet) -> list[dict[str, Any]]:
    """Give the entries of one of a matter's lists, by the names of the table's columns."""
    content = matter.content
    if sheet.key == "sources":
        return [
            {"field": name, "source": content.sources[name]} for name in FIELDS if name in content.sources
        ]
    if sheet.key == "keywords":
        return [{"keyword": one} for one in matter.keywords]
    if sheet.key == "materials":
        return matter.materials
    part = content.course if sheet.key in ("steps", "questions") else content.law
    entries: list[dict[str, Any]] = getattr(part, sheet.key)
    return entries


def _cells(sheet: Sheet, values: dict[str, Any]) -> list[str]:
    return [cell_of(column, values.get(column.name)) for column in sheet.columns]
