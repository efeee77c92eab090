"""Every refusal has one code, one place and one HTTP status."""

import ast
from collections import defaultdict

from gateway.errors import STATUS_OF_KIND
from services.chassis.core.errors import KINDS
from tests.architecture.house import sources, tree

RAISED_IN_SEVERAL_PLACES = {
    "request.malformed": "the gateway's own word for a body that is not a JSON object",
}


def _codes() -> dict[str, list[str]]:
    found = defaultdict(list)
    for path in sources("services", "gateway"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and _name(node.func) in {
                *KINDS,
                "VersionConflict",
                "Unauthenticated",
            }:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant):
                    found[first.value].append(f"{path.name}:{node.lineno}")
    return found


def _name(function) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def test_every_kind_of_error_has_a_status():
    assert set(STATUS_OF_KIND) == set(KINDS)


def test_every_code_is_raised_in_one_place():
    twice = {code: places for code, places in _codes().items() if len(places) > 1}
    assert set(twice) <= set(RAISED_IN_SEVERAL_PLACES), twice


def test_every_code_names_its_noun_and_what_is_wrong():
    codes = _codes()
    assert len(codes) > 50
    assert [
        code for code in codes if not code.replace("_", "").replace(".", "", 1).isalnum() or "." not in code
    ] == []
