"""Every code that a refusal can have, read from where it is raised: code, HTTP status, sentence."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from deploy.reference import sources
from gateway.errors import public_code

DIFFERS = "(says what exactly)"


@dataclass(frozen=True, order=True)
class Refusal:
    """One code; `sentence` is what the person reads, with … where something is filled in."""

    code: str
    status: int
    sentence: str


def refusals() -> list[Refusal]:
    """Give every refusal by its code."""
    found = {Refusal(code, status, text) for status, (code, text) in sources.refusals_of_the_server().items()}
    for path in sources.sources():
        found |= set(_in(path))
    found = {replace(one, code=public_code(one.code)) for one in found}
    named = {one.code for one in found if one.sentence != DIFFERS}
    return sorted(one for one in found if one.sentence != DIFFERS or one.code not in named)


def code_in(node: ast.Call) -> str:
    """Give the code of an error that a call makes, `{noun}.what` where a store fills in its noun; empty where it makes none."""
    if _name(node.func) not in sources.status_of_errors() or len(node.args) < 2:
        return ""
    code = node.args[0]
    if isinstance(code, ast.JoinedStr):
        return "{noun}" + _words(code.values[-1])
    return _words(code) if isinstance(code, ast.Constant) else ""


def _in(path: Path) -> Iterator[Refusal]:
    status = sources.status_of_errors()
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.Call) and _name(node.func) in status and len(node.args) > 1:
            code, text = node.args[:2]
            for one, sentence in _codes(code, text):
                yield Refusal(one, status[_name(node.func)], sentence)
        elif isinstance(node, ast.Call) and _name(node.func) in ("problem", "problem_body"):
            if all(isinstance(one, ast.Constant) for one in node.args[:3]):
                status_of, named, text_of = (ast.literal_eval(one) for one in node.args[:3])
                yield Refusal(named, status_of, text_of)
        elif isinstance(node, ast.Dict):
            yield from _written_out(node)


def _codes(code: ast.expr, text: ast.expr) -> Iterator[tuple[str, str]]:
    """Give the code with its sentence; what every store can refuse begins with {noun}, what it does not find with its own."""
    if isinstance(code, ast.Constant):
        yield _words(code), _words(text)
    elif isinstance(code, ast.JoinedStr) and _words(code.values[-1]) == ".not_found":
        yield from ((f"{noun}.not_found", missing) for noun, missing in sources.nouns().items())
    elif isinstance(code, ast.JoinedStr):
        yield "{noun}" + _words(code.values[-1]), _words(text)


def _written_out(node: ast.Dict) -> Iterator[Refusal]:
    """Give a problem that is written as a dictionary, where there is no time for anything else."""
    told: dict = {
        key.value: value.value
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
    }
    if {"code", "status", "detail"} <= set(told):
        yield Refusal(told["code"], told["status"], told["detail"])


def _words(text: ast.expr) -> str:
    if isinstance(text, ast.Constant):
        return str(text.value)
    if isinstance(text, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in text.values)
    return DIFFERS


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
