"""Every setting with its default and its comment, read from the dataclasses that declare them."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deploy.reference import sources


@dataclass
class Setting:
    """Variables that one comment documents, with their defaults as a person would write them."""

    comment: str
    names: list[str] = field(default_factory=list)
    defaults: list[str] = field(default_factory=list)


def settings() -> list[Setting]:
    """Give every setting in the order of the code; a variable without a comment of its own belongs to the one above."""
    return [one for declared in sources.settings_classes() for one in _of(declared)]


def _of(declared: type) -> list[Setting]:
    path = Path(inspect.getfile(declared))
    lines = path.read_text(encoding="utf-8").splitlines()
    found: list[Setting] = []
    for node in _fields(path, declared.__name__):
        comment = " ".join(reversed(list(_comment_above(lines, node.lineno - 2))))
        if comment or not found:
            found.append(Setting(comment))
        found[-1].names.append(ast.unparse(node.target).upper())
        found[-1].defaults.append(_default(node.value or ast.Constant("")))
    return found


def _fields(path: Path, name: str) -> list[ast.AnnAssign]:
    [declared] = [
        one for one in sources.tree(path).body if isinstance(one, ast.ClassDef) and one.name == name
    ]
    return [one for one in declared.body if isinstance(one, ast.AnnAssign)]


def _comment_above(lines: list[str], index: int) -> Iterator[str]:
    while lines[index].strip().startswith("# "):
        yield lines[index].strip()[2:]
        index -= 1


def _default(value: ast.expr) -> str:
    """Give the default as it stands in the environment; what depends on the machine as it is computed."""
    try:
        told = ast.literal_eval(value)
    except ValueError:
        return (
            ast.unparse(value)
            .replace("(os.cpu_count() or 1)", "cores")
            .replace("os.cpu_count() or 1", "cores")
        )
    if isinstance(told, bool):
        return str(int(told))
    if isinstance(told, tuple):
        return ",".join(f"{one:g}" if isinstance(one, float) else one for one in told)
    if isinstance(told, float):
        return f"{told:g}"
    return told.decode() if isinstance(told, bytes) else str(told)
