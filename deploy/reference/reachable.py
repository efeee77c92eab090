"""Which functions a function reaches, read from the source: by import, by annotation, else by the nearest class with such a method.

It errs on the side of too many: what a port asks for is looked for in what the service holds under the same name, a method of an
unknown object in the capability. What only a running program could tell is not found.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from deploy.reference.definitions import (
    Class,
    Module,
    class_named,
    held_by,
    held_in,
    is_protocol,
    line_of,
    methods_of,
    modules,
    names_of_port,
    resolve,
)

CIVIC = "services.civic"
LEAVING = "must_not_leave"
"""The port whose rule a store hands over as a value; a service keeps it among those that all its capabilities have."""
WIRED_FILES = ("wiring", "usecases", "rules")
"""Where a function may stand that a service hands to a capability."""
BUILT_IN = {name for kind in (dict, list, set, str, bytes, tuple, datetime) for name in dir(kind)}


@dataclass(frozen=True)
class Place:
    """A function or method: its module, its class (empty for none), its name, and the class that it is called on."""

    module: str
    within: str
    name: str
    on: Class = ("", "")


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


def _definition(place: Place) -> ast.AST | None:
    if place.within:
        return methods_of((place.module, place.within)).get(place.name)
    return modules()[place.module].functions.get(place.name)


@cache
def _steps(place: Place) -> tuple[Place, ...]:
    function = _definition(place)
    return tuple(_called(place, function)) if function is not None else ()


def _called(place: Place, function: ast.AST) -> Iterator[Place]:
    module = modules()[place.module]
    given = {one.arg: one.annotation for one in _arguments(function)}
    calls = {node.func for node in ast.walk(function) if isinstance(node, ast.Call)}
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield from (
                _argument(module, node.id, given[node.id]) if node.id in given else _named(module, node.id)
            )
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield from _attribute(place, module, node, given, node in calls)


def _arguments(function: ast.AST) -> list[ast.arg]:
    if not isinstance(function, ast.FunctionDef):
        return []
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _argument(module: Module, name: str, annotation: ast.expr | None) -> Iterator[Place]:
    """An argument that can be called: a port, which the service fills under the same name."""
    cls = class_named(module, annotation)
    alias = resolve(module, annotation.id) if isinstance(annotation, ast.Name) else None
    if "__call__" in methods_of(cls) if cls else alias and alias[1] in modules()[alias[0]].functions:
        yield from _in_service(module, name)


def _named(module: Module, name: str) -> Iterator[Place]:
    found = resolve(module, name)
    if found and found[1] in modules()[found[0]].functions:
        yield Place(found[0], "", found[1])
    elif found:
        for method in ("__init__", "__post_init__"):
            yield from _method(found, method)


def _attribute(
    place: Place, module: Module, node: ast.Attribute, given: dict, called: bool
) -> Iterator[Place]:
    holder = node.value.id if isinstance(node.value, ast.Name) else ""
    imported = module.imports.get(holder, "").replace(":", ".")
    if imported in modules():
        if node.attr in modules()[imported].functions:
            yield Place(imported, "", node.attr)
        return
    name, cls = _receiver(place, module, node.value, given)
    found = list(_method(cls, node.attr)) if cls else []
    if found and cls and not is_protocol(cls):
        yield from found
    elif found:
        names = dict.fromkeys((name, *names_of_port(module.folder, found[0].on)))
        wired = [held for one in names for held in held_in(module.service, one)]
        yield from [one for held in wired for one in _method(held, node.attr)] or _in_service(
            module, node.attr
        )
    else:
        yield from _nearby(module, node.attr, called)


def _receiver(place: Place, module: Module, value: ast.expr, given: dict) -> tuple[str, Class | None]:
    """Give the name of what a method is called on, and its class where it is known: an argument's, `self`, or what it holds."""
    if isinstance(value, ast.Name):
        own = value.id == "self" and place.within
        return value.id, place.on if own else class_named(module, given.get(value.id))
    if isinstance(value, ast.Attribute) and isinstance(value.value, ast.Name) and value.value.id == "self":
        return value.attr, held_by(place.on, value.attr)
    return "", None


def _method(cls: Class, name: str) -> Iterator[Place]:
    for one in line_of(cls):
        if name in methods_of(one):
            yield Place(*one, name, cls)
            return


def _nearby(module: Module, name: str, called: bool) -> Iterator[Place]:
    """A method of an object whose class is not told: one of the capability's own, else of the service, where a port names it or
    one class alone has what is called.
    """
    own = [one for one in _having(name) if _is_near(module, modules()[one.module])]
    ports = f"{module.folder}.ports"
    if own:
        yield from own
    elif ports in modules() and any(name in methods_of((ports, one)) for one in modules()[ports].classes):
        yield from _in_service(module, name)
    elif called and name not in BUILT_IN:
        found = [one for one in _having(name) if modules()[one.module].service == module.service]
        yield from found if len(found) == 1 else ()


def _in_service(module: Module, name: str) -> Iterator[Place]:
    """What a service, or what all have in common, gives under a name."""
    yield from (one for one in _having(name) if modules()[one.module].service in (module.service, CIVIC))
    rules = f"{module.service}.civic.rules"
    if name == LEAVING and rules in modules():
        yield from (Place(rules, "", one) for one in modules()[rules].functions)


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
        classes = [(one.name, cls) for cls in one.classes]
        found += [
            Place(*cls, name, cls) for cls in classes if name in methods_of(cls) and not is_protocol(cls)
        ]
    return tuple(found)
