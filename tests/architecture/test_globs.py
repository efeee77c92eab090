"""Whatever finds parts by their place finds all of them: a pattern that no longer fits finds fewer, and nothing else would say so.

Who adds or removes a part changes its number here.
"""

import fnmatch
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from deploy.reference import cards
from deploy.reference import sources as reference
from gateway.routes import ALL
from services.chassis.events.registry import ROOMS, import_all, modules
from services.chassis.runtime.discovery import service_classes
from services.chassis.runtime.load import loaders
from tests.architecture import house
from tests.architecture.house import ROOT, SERVICES, capabilities, module_of, sources


def of_reference() -> list[Path]:
    """Give the folders of the capabilities that the reference tells of."""
    return list(chain.from_iterable(reference.capabilities().values()))


def declared_by_services() -> list[type]:
    """Give the events that services declare; tests declare some of their own."""
    return [one for one in import_all().values() if one.__module__.startswith("services.")]


FOUND = {
    "services": (lambda: list(service_classes()), 4),
    "capabilities": (house.capabilities, 55),
    "capabilities of the reference": (of_reference, 55),
    "events": (declared_by_services, 242),
    "routes": (lambda: ALL, 414),
    "loaders": (lambda: [one for service in service_classes() for one in loaders(service.name)], 4),
}


@pytest.mark.parametrize(("find", "number"), FOUND.values(), ids=FOUND)
def test_every_part_is_found(find, number):
    assert len(find()) == number


def test_every_capability_has_the_card_by_which_the_reference_finds_it():
    assert sorted(house.capabilities()) == sorted(of_reference())
    assert all(
        set(cards.card(one)) == {name.lower() for name in cards.HEADINGS} for one in house.capabilities()
    )


NAMES = [name for path in sources("services") if (name := module_of(path)).count(".") > 1]


def _patterns() -> list[str]:
    """Give the patterns of modules that the import rules are about."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lists = [one.get(key, []) for one in told["contracts"] for key in ("source_modules", "forbidden_modules")]
    return sorted({name for names in lists for name in names if "*" in name})


def _fitting(pattern: str) -> set[str]:
    return {
        name for name in NAMES if name.count(".") == pattern.count(".") and fnmatch.fnmatch(name, pattern)
    }


def test_every_module_that_declares_events_is_imported_wherever_its_capability_is():
    declaring = {one for one in NAMES if one.split(".")[1] in SERVICES and one.rpartition(".")[2] in ROOMS}
    assert set(modules()) == declaring and len(declaring) > 40
    assert sum(name.count(".") == 3 for name in modules()) == 3


def test_every_service_but_identity_has_one_capability_that_all_of_them_share():
    shared = {one.parent.name for one in capabilities() if one.name == "civic"}
    assert shared == set(SERVICES) - {"identity"} and len(capabilities()) > 40


def test_every_pattern_of_the_import_rules_fits_something():
    assert [pattern for pattern in _patterns() if not _fitting(pattern)] == []
    assert len(_patterns()) == 8


def test_no_contract_and_no_store_escapes_the_import_rules():
    for room in ("contract", "store", "model", "usecases"):
        found = set().union(*(_fitting(one) for one in _patterns() if one.endswith(f".{room}")))
        own = {one for one in NAMES if one.endswith(f".{room}") and one.split(".")[1] in SERVICES}
        assert own <= found and len(own) > 10
