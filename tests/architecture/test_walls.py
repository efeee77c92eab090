"""Walls that import contracts cannot see: what the chassis says, what tests and benchmarks take from each other, which areas there are."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.house import ROOT, SERVICES, capabilities, module_of, sources, tree

OF_VILLAGES = re.compile(
    rf"\b(?:{'|'.join(SERVICES)})\."
    r"|(?:\b|_)(?:visitor|mandate|ward|village|town|county|resident|household|edition|assurance)s?(?:\b|_)"
    r"|[村镇乡县]|居民|委托",
    re.IGNORECASE,
)
"""What only a county speaks of. A region is the chassis' own: the scope of every read."""

STILL_SAID = {
    "core/schemas.py": "a region's three levels, by which a contract asks for one of them",
    "events/event.py": "the edition of a region, in every message that departments were promised",
    "events/outbox.py": "the same in what is stored, and the field that says under which mandate",
    "storage/store.py": "the edition of a document's region",
    "core/metrics.py": "what Prometheus calls the memory that a process holds",
}
"""Files of the chassis that speak of a county all the same, and why."""


def _said(path: Path) -> Iterator[str]:
    """Give the strings of a file that are no docstrings."""
    documents = {
        id(node.value)
        for parent in ast.walk(tree(path))
        for node in (parent.body if isinstance(getattr(parent, "body", None), list) else ())
        if isinstance(node, ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def _imports(path: Path) -> set[str]:
    nodes = list(ast.walk(tree(path)))
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return named | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def test_the_chassis_speaks_of_no_village():
    chassis = ROOT / "services/chassis"
    found = {
        str(path.relative_to(chassis)): words
        for path in sources("services/chassis")
        if (words := sorted({word for word in _said(path) if OF_VILLAGES.search(word)}))
    }
    assert {name: words for name, words in found.items() if name not in STILL_SAID} == {}
    assert set(STILL_SAID) - set(found) == set(), "these speak of no village any more: strike them out"


def test_tests_take_nothing_from_benchmarks_but_what_tests_them():
    wrong = {
        str(path.relative_to(ROOT))
        for path in sources("tests")
        if not path.is_relative_to(ROOT / "tests/unit/benchmarks")
        and any(name.split(".")[0] == "benchmarks" for name in _imports(path))
    }
    assert wrong == set()


def test_the_walls_between_capabilities_stand_in_every_area():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [walls] = [one for one in told if one["name"].startswith("capabilities are strangers")]
    areas = {module_of(one.parent / "__init__.py") for one in capabilities() if one.name != "civic"}
    shared = {module_of(one / "__init__.py") for one in capabilities() if one.name == "civic"}
    assert set(walls["modules"]) == {f"{area}.*" for area in areas} | shared and len(shared) == 3
