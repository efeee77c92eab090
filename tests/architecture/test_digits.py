"""A number that somebody wrote is read in one way: ², ٣ and full-width digits are digits to Python, and to nobody who takes a number."""

import ast

from tests.architecture.house import ROOT, sources, tree

READERS = {"isdigit", "isdecimal", "isnumeric"}
MAY = {
    "services/chassis/core/cleaning.py": "the one place",
    "services/identity/access/sessions/passwords.py": "whether a password is a row of digits of any script: nothing is read from it",
}


def test_digits_are_told_in_one_place():
    found = {
        str(path.relative_to(ROOT))
        for path in sources("services", "gateway", "deploy")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in READERS
    }
    assert found == set(MAY)


def test_no_pattern_takes_digits_of_other_scripts():
    found = {
        str(path.relative_to(ROOT))
        for path in sources("services", "gateway", "deploy")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and r"\d" in node.value
    }
    assert found == set()
