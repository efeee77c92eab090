"""What an office reads of its imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.storage.paging import page

if TYPE_CHECKING:
    from services.affairs.matters.catalogue.bulk.stores import ImportLines, MatterImportStore
    from services.civic.calls import Call

SHOWN = ("sheet", "line", "column", "matter_id", "name", "outcome", "text")
UNSHOWN = ("changes", "seen", "counted")


def of_region(imports: MatterImportStore, scope: dict, call: Call) -> dict:
    """A page of the imports of the caller's regions, newest first."""
    return page(imports.documents, scope, call.data, ("begun_at", -1), imports.from_document)


def lines(imports: MatterImportStore, lines: ImportLines, scope: dict, call: Call) -> dict:
    """A page of an import's report in the file's order; raises NotFound for another region's import."""
    one = imports.get(call.data["import_id"], scope=scope)
    outcome = call.data["outcome"]
    where = {"import_id": one.id, **({"outcome": outcome} if outcome else {})}
    return page(lines.documents, where, call.data, ("place", 1), _line, UNSHOWN)


def _line(found: dict) -> dict:
    shown = {name: found[name] for name in SHOWN}
    return {"id": found["_id"].replace("|", "."), **shown, "by": found.get("by"), "at": found.get("at")}
