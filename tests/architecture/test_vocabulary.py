"""The field's own words: files, classes and functions bear none of the words that only we ever used, and each name means one thing.

What is wire keeps its name for good: RPC methods, contracts and events, and the listeners that are named after them.
"""

import ast
import re
from collections import defaultdict

import pytest

from tests.architecture.house import ROOT, sources, tree

GIVEN_UP = frozenset(
    [
        "bell",
        "bells",
        "doorbell",
        "ring",
        "rings",
        "door",
        "doors",
        "doorway",
        "suspect",
        "suspects",
        "portion",
        "portions",
        "departure",
        "departures",
        "sealing",
        "sealed",
        "seal",
        "grams",
        "adoption",
        "adoptions",
        "succession",
        "successions",
        "shelf",
        "evolution",
        "dweller",
        "dwellers",
    ]
)
"""What the glossary has a standard term for."""

PROMISED = {
    one.split(".")[1] for one in (ROOT / "tests/data/rpc_methods.txt").read_text(encoding="utf-8").split()
}
WIRE = {"contract.py", "events.py", "operations.py", "shapes.py"}
STILL = {
    "of_adoption": "reads by the field `adoption` of what is stored",
}
"""Names that stay, and why."""

PATHS = sources("services", "gateway")


def _words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}


def _named(path) -> list[str]:
    """List the classes and functions of a file that are not wire."""
    if path.name in WIRE:
        return []
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    names = [node.name for node in ast.walk(tree(path)) if isinstance(node, kinds)]
    return [name for name in names if name not in PROMISED and not name.startswith("on_")]


def test_no_file_class_or_function_bears_a_word_that_was_given_up():
    found = {
        f"{path.relative_to(ROOT)} {name}"
        for path in PATHS
        for name in _named(path)
        if name not in STILL and _words(name) & GIVEN_UP
    }
    found |= {str(path.relative_to(ROOT)) for path in PATHS if _words(str(path.relative_to(ROOT))) & GIVEN_UP}
    assert found == set()


@pytest.mark.parametrize("name", STILL)
def test_a_name_that_stays_is_there(name):
    assert any(name in _named(path) for path in PATHS), "strike it out"


def test_no_two_public_classes_bear_one_name():
    """Except the four `Service`, a shape named like its model, and a port, which is named after what it asks for."""
    places = defaultdict(list)
    for path in PATHS:
        for node in tree(path).body:
            public = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
            if public and node.name != "Service" and path.name != "ports.py":
                places[node.name].append(path)
    twice = {
        name: [str(one.relative_to(ROOT)) for one in found]
        for name, found in places.items()
        if len(found) > 1 and not _shape_and_model(found)
    }
    assert twice == {}


def _shape_and_model(found: list) -> bool:
    """Tell whether these are one capability's contract and what it shows."""
    return len(found) == 2 and found[0].parent == found[1].parent and any(one.name in WIRE for one in found)
