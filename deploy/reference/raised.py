"""Which rules can refuse an operation: the codes that its endpoint's code can raise, as far as the source tells."""

import ast
import json
from collections.abc import Iterator
from functools import cache

from deploy.reference import sources
from deploy.reference.definitions import text_of
from deploy.reference.errors import code_in, refusals
from deploy.reference.reachable import Place, reached

FILE = sources.ROOT / "gateway" / "openapi" / "refusals.json"
"""What the description of the API is made with: a gateway has no source of the services to read."""


@cache
def text() -> str:
    """Give the file: status and sentence of every code, and the codes of every operation's rules."""
    known = {one.code: (one.status, one.sentence) for one in reversed(refusals())}
    rules = {name: sorted(set(_of(method))) for name, method in sources.endpoints().items()}
    for code in {code for codes in rules.values() for code in codes} - known.keys():
        known[code] = known["{noun}." + code.partition(".")[2]]
    told = {"codes": {code: one for code, one in known.items() if "{" not in code}, "rules": rules}
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write() -> bool:
    """Write the file where it differs from what the code says; tells whether it did."""
    differs = not FILE.exists() or FILE.read_text(encoding="utf-8") != text()
    if differs:
        FILE.write_text(text(), encoding="utf-8")
    return differs


def _of(method) -> Iterator[str]:
    module = method.__module__
    within = method.__qualname__.rpartition(".")[0]
    for place, function in reached(Place(module, within, method.__name__, (module, within))):
        for node in ast.walk(function):
            code = _code(place, node) if isinstance(node, ast.Call) else ""
            if code:
                yield code


def _code(place: Place, node: ast.Call) -> str:
    """Give the code that a call refuses with; what every store can refuse begins with the noun of the one it is called on."""
    code = code_in(node)
    if not code.startswith("{noun}"):
        return code
    noun = text_of(place.on, "noun")
    return noun and noun + code.removeprefix("{noun}")
