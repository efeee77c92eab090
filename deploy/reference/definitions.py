"""What the services define, read from their source: modules, what their names mean, classes with what they are made from and hold."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from deploy.reference import sources

Class = tuple[str, str]
"""A class by its module and its name."""


@dataclass
class Module:
    """What a file defines, and what its names mean: `module:name`. A table of functions counts as a function that calls them."""

    name: str
    functions: dict[str, ast.AST] = field(default_factory=dict)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)
    imports: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """Name the package that the file is in."""
        return self.name.rpartition(".")[0]

    @property
    def service(self) -> str:
        """Name the service that the file belongs to."""
        return ".".join(self.name.split(".")[:2])


@cache
def modules() -> dict[str, Module]:
    """Give every file of the services by its dotted name."""
    found = {}
    for path in sources.sources():
        name = _dotted(path)
        if name.startswith("services."):
            found[name] = _module(name, sources.tree(path))
    return found


def body_of(cls: Class) -> ast.ClassDef:
    """Give the definition of a class."""
    return modules()[cls[0]].classes[cls[1]]


@cache
def methods_of(cls: Class) -> dict[str, ast.FunctionDef]:
    """Give the methods that a class itself defines."""
    return {one.name: one for one in body_of(cls).body if isinstance(one, ast.FunctionDef)}


def is_protocol(cls: Class) -> bool:
    """Tell whether a class says only what another one must have."""
    return any(ast.unparse(base).startswith("Protocol") for base in body_of(cls).bases)


def line_of(cls: Class) -> Iterator[Class]:
    """Give a class and those that it is made from, nearest first."""
    if cls[0] not in modules() or cls[1] not in modules()[cls[0]].classes:
        return
    yield cls
    for base in body_of(cls).bases:
        found = class_named(modules()[cls[0]], base.value if isinstance(base, ast.Subscript) else base)
        if found:
            yield from line_of(found)


def resolve(module: Module, name: str) -> tuple[str, str] | None:
    """Follow a name to the module that defines it."""
    for _ in range(5):
        if name in module.functions or name in module.classes:
            return module.name, name
        target, _, original = module.imports.get(name, "").partition(":")
        if target not in modules():
            return None
        module, name = modules()[target], original
    return None


def class_named(module: Module, expression: ast.expr | None) -> Class | None:
    """Give the first class of ours that an annotation, or another expression, names."""
    for node in ast.walk(expression) if expression is not None else ():
        found = resolve(module, node.id) if isinstance(node, ast.Name) else None
        if found and found[1] in modules()[found[0]].classes:
            return found
    return None


def text_of(cls: Class, name: str) -> str:
    """Give the text that a class, or one that it is made from, holds under a name; empty where there is none."""
    for one in line_of(cls):
        for node in body_of(one).body:
            if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
                return str(ast.literal_eval(node.value))
    return ""


def held_by(cls: Class, name: str) -> Class | None:
    """Give the class of what a class holds under a name: as annotated, or as provided (`Provided(OrderStore)`)."""
    for one in line_of(cls):
        if name in _holdings(one):
            return _holdings(one)[name]
    return None


@cache
def held_in(service: str, name: str) -> tuple[Class, ...]:
    """Give the classes of what a service's parts hold under a name, where they say more than what it must have."""
    every = [(one.name, cls) for one in modules().values() if one.service == service for cls in one.classes]
    found = [_holdings(cls).get(name) for cls in every]
    return tuple(dict.fromkeys(one for one in found if one and not is_protocol(one)))


@cache
def names_of_port(folder: str, port: Class) -> tuple[str, ...]:
    """Give the names under which a capability's own classes ask for what a port says."""
    every = [(one.name, cls) for one in modules().values() if one.folder == folder for cls in one.classes]
    return tuple(name for cls in every for name, held in _holdings(cls).items() if held == port)


@cache
def _holdings(cls: Class) -> dict[str, Class]:
    module, found = modules()[cls[0]], {}
    for node in _told(cls):
        if isinstance(node, ast.AnnAssign):
            found[ast.unparse(node.target)] = class_named(module, node.annotation)
        elif isinstance(node, ast.Assign):
            found[ast.unparse(node.targets[0]).removeprefix("self.")] = class_named(module, node.value)
        elif isinstance(node, ast.arg):
            found[node.arg] = class_named(module, node.annotation)
    return {name: one for name, one in found.items() if one}


def _told(cls: Class) -> Iterator[ast.AST]:
    """Give by what a class gets what it holds: also for the type checker alone, and in `__init__`, from arguments of the same name."""
    for node in body_of(cls).body:
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            yield from [*node.args.args, *node.body]
        else:
            yield from node.body if isinstance(node, ast.If) else [node]


def _dotted(path: Path) -> str:
    parts = path.relative_to(sources.ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, tree: ast.Module) -> Module:
    made = Module(name)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                made.imports[alias.asname or alias.name] = f"{node.module}:{alias.name}"
    for top in tree.body:
        if isinstance(top, ast.FunctionDef):
            made.functions[top.name] = top
        elif isinstance(top, ast.ClassDef):
            made.classes[top.name] = top
        elif isinstance(top, ast.Assign | ast.AnnAssign) and top.value is not None:
            for one in top.targets if isinstance(top, ast.Assign) else [top.target]:
                made.functions[ast.unparse(one)] = top.value
    return made
