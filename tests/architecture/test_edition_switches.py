"""Every collection says what an adoption of another edition of the divisions does with it, and what follows is moved."""

import ast
import importlib
from dataclasses import fields

import pytest

from services.chassis.storage.projection import Projection
from services.chassis.storage.store import Store
from services.civic.editions.code_crosswalk import Follows, Stays
from services.civic.editions.relocation import Relocation
from tests.architecture.house import ROOT, SERVICES, module_of, service, sources, tree

NEEDED = {"edition", "formerly"}
OF_ITS_OWN = {"reports", "rotas"}
"""Collections of which something else than the region moves; their stores say what."""


def _opens_a_collection(node: ast.ClassDef) -> bool:
    """Tell whether a class takes `database[...]`, or a base that does."""
    plain = (base.value if isinstance(base, ast.Subscript) else base for base in node.bases)
    bases = {getattr(base, "id", None) or getattr(base, "attr", "") for base in plain}
    taken = (one for one in ast.walk(node) if isinstance(one, ast.Subscript))
    named = any(isinstance(one.value, ast.Name) and one.value.id == "database" for one in taken)
    return named or any(
        base.endswith(("Store", "Projection", "CodeCrosswalk", "SwitchStore")) for base in bases
    )


def _holders() -> list[type]:
    """Give every class of the services that holds a collection."""
    found = []
    for path in sources(*(f"services/{name}" for name in SERVICES)):
        names = [
            one.name for one in tree(path).body if isinstance(one, ast.ClassDef) and _opens_a_collection(one)
        ]
        found += [getattr(importlib.import_module(module_of(path)), name) for name in names]
    return [one for one in found if "Listeners" not in one.__name__]


def _known_to(base: type) -> set[type]:
    below = {one for one in base.__subclasses__() if one.__module__.startswith("services.")}
    return below.union(*(_known_to(one) for one in below)) if below else below


HOLDERS = _holders()
FOLLOWING = [one for one in HOLDERS if isinstance(getattr(one, "becomes", None), Follows)]


def test_no_store_escapes_the_reading_of_the_sources():
    hidden = (_known_to(Store) | _known_to(Projection)) - set(HOLDERS)
    assert {one.__module__.split(".")[1] for one in hidden} <= {"chassis", "civic"}
    assert len(HOLDERS) > 40 and (ROOT / "services").is_dir()


@pytest.mark.parametrize("holder", HOLDERS, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_collection_says_what_becomes_of_its_regions(holder):
    becomes = getattr(holder, "becomes", None)
    assert isinstance(becomes, (Follows, Stays)), "declare `becomes` (services/civic/editions/relocation.py)"
    assert isinstance(becomes, Follows) or len(becomes.why) > 10


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_moves_everything_of_its_own_that_follows_and_nothing_else(name):
    wired = set(service(name).following.make.args[0])
    assert wired == {one for one in FOLLOWING if one.__module__.startswith(f"services.{name}.")}
    assert all(issubclass(one, Relocation) for one in wired)


@pytest.mark.parametrize(
    "store", [one for one in FOLLOWING if issubclass(one, Store)], ids=lambda s: s.__name__
)
def test_what_follows_says_in_which_edition_it_is_read_and_where_it_was(store):
    known = {one.name for one in fields(store.aggregate)}
    assert known >= NEEDED or store.collection in OF_ITS_OWN
