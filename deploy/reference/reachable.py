"""Which functions a function reaches, read from the source: by import, by annotation, else by the nearest class with such a method.

It errs on the side of too many: a method of an unknown object is looked for in the capability first, then in what the service
wires to it. What only a running program could tell (a function handed over as a value) is followed where its name is known.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from deploy.reference import sources

CIVIC = "services.civic"
LEAVING = "must_not_leave"
"""The port whose rule a store hands over as a value; a service keeps it among those that all its capabilities have."""
WIRED_FILES = ("wiring", "usecases", "rules")
"""Where a function may stand that a service hands to a capability."""


@dataclass(frozen=True)
class Place:
    """A function or method: its module, its class (empty for none), its name, and the class that it is called on."""

    module: str
    within: str
    name: str
    on: tuple[str, str] = ("", "")


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


def reached(start: Place) -> Iterator[tuple[Place, ast.AST]]:
    """Give every function that one leads to, itself first."""
    waiting, seen = [start], {start}
    while waiting:
        place = waiting.pop()
        function = _definition(place)
        if function is not None:
            yield place, function
        for one in _steps(place):
            if one not in seen:
                seen.add(one)
                waiting.append(one)


def attribute_of(cls: tuple[str, str], name: str) -> str:
    """Give the text that a class, or one that it is made from, holds under a name; empty where there is none."""
    for module, class_name in _line(cls):
        for node in modules()[module].classes[class_name].body:
            if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
                return str(ast.literal_eval(node.value))
    return ""


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


def _definition(place: Place) -> ast.AST | None:
    module = modules()[place.module]
    if not place.within:
        return module.functions.get(place.name)
    return _methods(module.classes[place.within]).get(place.name)


def _methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef]:
    return {one.name: one for one in node.body if isinstance(one, ast.FunctionDef)}


@cache
def _steps(place: Place) -> tuple[Place, ...]:
    function = _definition(place)
    return tuple(_called(place, function)) if function is not None else ()


def _called(place: Place, function: ast.AST) -> Iterator[Place]:
    module = modules()[place.module]
    typed = {one.arg: _class_of(module, one.annotation) for one in _arguments(function)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from _named(module, node.id, typed)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from _attribute(place, module, node, typed)


def _arguments(function: ast.AST) -> list[ast.arg]:
    if not isinstance(function, ast.FunctionDef):
        return []
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _named(module: Module, name: str, typed: dict) -> Iterator[Place]:
    """A plain name: a function of the file or an imported one; or an argument that can be called, which the service wires."""
    if name in typed:
        cls = typed[name]
        if cls and "__call__" in _methods(modules()[cls[0]].classes[cls[1]]):
            yield from _somewhere(module, name, wired=True)
        return
    found = _resolve(module, name)
    if found and found[1] in modules()[found[0]].functions:
        yield Place(found[0], "", found[1])
    elif found and found[1] in modules()[found[0]].classes:
        for method in ("__init__", "__post_init__"):
            yield from _method(found, method)


def _attribute(place: Place, module: Module, node: ast.Attribute, typed: dict) -> Iterator[Place]:
    if isinstance(node.value, ast.Name):
        holder = node.value.id
        imported = module.imports.get(holder, "").replace(":", ".")
        if imported in modules():
            if node.attr in modules()[imported].functions:
                yield Place(imported, "", node.attr)
            return
        cls = place.on if holder == "self" and place.within else typed.get(holder)
        if cls and cls[0]:
            found = list(_method(cls, node.attr))
            protocol = any(_is_protocol(modules()[one.module].classes[one.within]) for one in found)
            if found and not protocol:
                yield from found
                return
            if protocol:
                yield from _somewhere(module, node.attr, wired=True)
                return
    yield from _somewhere(module, node.attr)


def _method(cls: tuple[str, str], name: str) -> Iterator[Place]:
    for module, class_name in _line(cls):
        if name in _methods(modules()[module].classes[class_name]):
            yield Place(module, class_name, name, cls)
            return


def _somewhere(module: Module, name: str, wired: bool = False) -> Iterator[Place]:
    """A method of an object whose class is not told: one of the capability's own, else, where a port names it, of the service."""
    own = [one for one in _having(name) if _is_near(module, modules()[one.module])]
    if own and not wired:
        yield from own
    elif wired or _is_in_ports(module, name):
        yield from (one for one in _having(name) if _service_of(one.module) in (module.service, CIVIC))
    if wired and name == LEAVING:
        rules = f"{module.service}.civic.rules"
        yield from (
            Place(rules, "", one) for one in (modules()[rules].functions if rules in modules() else ())
        )


def _is_near(module: Module, other: Module) -> bool:
    """The parts of a capability belong together; in the chassis a file knows only those that it imports."""
    if other.folder != module.folder:
        return False
    imported = {target.partition(":")[0] for target in module.imports.values()}
    return not module.name.startswith("services.chassis.") or other is module or other.name in imported


@cache
def _having(name: str) -> tuple[Place, ...]:
    found = []
    for one in modules().values():
        if name in one.functions and one.name.rpartition(".")[2] in WIRED_FILES:
            found.append(Place(one.name, "", name))
        for class_name, node in one.classes.items():
            if name in _methods(node) and not _is_protocol(node):
                found.append(Place(one.name, class_name, name, (one.name, class_name)))
    return tuple(found)


def _service_of(module: str) -> str:
    return modules()[module].service


def _is_in_ports(module: Module, name: str) -> bool:
    ports = f"{module.folder}.ports"
    return ports in modules() and any(name in _methods(one) for one in modules()[ports].classes.values())


def _is_protocol(node: ast.ClassDef) -> bool:
    return any(ast.unparse(base).startswith("Protocol") for base in node.bases)


def _resolve(module: Module, name: str) -> tuple[str, str] | None:
    """Follow a name to the module that defines it."""
    for _ in range(5):
        if name in module.functions or name in module.classes:
            return module.name, name
        target, _, original = module.imports.get(name, "").partition(":")
        if target not in modules():
            return None
        module, name = modules()[target], original
    return None


def _class_of(module: Module, annotation: ast.expr | None) -> tuple[str, str] | None:
    if annotation is None:
        return None
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            found = _resolve(module, node.id)
            if found and found[1] in modules()[found[0]].classes:
                return found
    return None


def _line(cls: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Give a class and those that it is made from, nearest first."""
    if cls[0] not in modules() or cls[1] not in modules()[cls[0]].classes:
        return
    yield cls
    module = modules()[cls[0]]
    for base in module.classes[cls[1]].bases:
        node = base.value if isinstance(base, ast.Subscript) else base
        found = _resolve(module, node.id) if isinstance(node, ast.Name) else None
        if found:
            yield from _line(found)
