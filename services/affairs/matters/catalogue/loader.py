"""Load the catalogue: idempotent, with every refused row named."""

from pathlib import Path

from pymongo.database import Database

import services.affairs.matters.catalogue.contract  # noqa: F401  declares the events that a save checks
from services.affairs.matters.catalogue.shipped import ELSEWHERE, complete, elsewhere
from services.affairs.matters.catalogue.source import DATA, MATERIALS, MATTERS, Refused, rows, to_matter
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.usecases import publish
from services.affairs.matters.catalogue.versions import VersionStore
from services.chassis.core.settings import Settings
from services.chassis.runtime.load import LoadReport
from services.civic.actor import SYSTEM
from services.civic.calls import Call


def load(database: Database, settings: Settings, report: LoadReport, folder: Path = DATA) -> None:
    """Publish every matter of the list; a code that comes twice and a row without a name are refused."""
    matters, versions = MatterStore(database), VersionStore(database)
    matters.create_indexes()
    versions.create_indexes()
    materials = _materials(folder)
    first_seen: dict[str, int] = {}
    for row in rows(MATTERS, folder):
        call = Call({}, SYSTEM)
        try:
            matter = to_matter(row.values, call.now)
            _the_code_comes_once(matter.source_code, row.line, first_seen)
        except Refused as reason:
            report.refuse(MATTERS, row.line, str(reason))
            continue
        if matter.source_code in materials:
            matter.materials = [material for _, material in materials[matter.source_code]]
        complete(matter, own_papers=matter.source_code in materials)
        report.count(publish(matters, versions, matter, call))
    if (folder / ELSEWHERE).exists():
        call = Call({}, SYSTEM)
        for matter in elsewhere(folder, call.now):
            report.count(publish(matters, versions, matter, call))
    _refuse_strays(materials, first_seen, report)


def _materials(folder: Path) -> dict[str, list[tuple[int, dict]]]:
    """(line, {name, note}) of each material by the item code of its matter."""
    found: dict[str, list[tuple[int, dict]]] = {}
    for row in rows(MATERIALS, folder):
        material = {"name": row.values["material"], "note": row.values["note"]}
        found.setdefault(row.values["item_code"], []).append((row.line, material))
    return found


def _the_code_comes_once(code: str, line: int, first_seen: dict[str, int]) -> None:
    if code in first_seen:
        raise Refused(f"item_code {code} stands on line {first_seen[code]} already")
    first_seen[code] = line


def _refuse_strays(materials: dict, known: dict, report: LoadReport) -> None:
    for code, listed in materials.items():
        if code not in known:
            for line, _ in listed:
                report.refuse(MATERIALS, line, f"no matter has the item_code {code}")
