"""Breaking a manifest in one place: each function makes a change of rendered manifests."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

from deploy.k8s.check import rendering
from deploy.k8s.check.manifests import Manifests
from services.chassis.core.cleaning import is_number

Change = Callable[[list[dict]], None]
PROCESS = "spec.template.spec.containers.0"
POD = "spec.template.spec"


@cache
def rendered(target: str) -> Manifests:
    """Render an overlay or a component once."""
    of, _, name = target.partition("/")
    return rendering.overlay(name) if of == "overlays" else rendering.component(name)


def broken(target: str, *changes: Change) -> Manifests:
    """Give the manifests of a target with these changes."""
    documents = copy.deepcopy(rendered(target).documents)
    for change in changes:
        change(documents)
    return Manifests(target, documents)


def find(documents: list[dict], which: str) -> dict:
    """Give the one object that is `Kind/name`; of a name with a generated end its beginning is enough."""
    kind, _, name = which.partition("/")
    found = [one for one in documents if one["kind"] == kind and one["metadata"]["name"] == name]
    found = found or [
        one for one in documents if one["kind"] == kind and one["metadata"]["name"].startswith(f"{name}-")
    ]
    assert found, f"there is no {which} to break"
    return found[0]


def put(which: str, path: str, value: Any) -> Change:
    """Set what is at a path of an object."""

    def change(documents: list[dict]) -> None:
        holder, last = _place(find(documents, which), path)
        holder[last] = value

    return change


def drop(which: str, path: str) -> Change:
    """Take away what is at a path of an object."""

    def change(documents: list[dict]) -> None:
        holder, last = _place(find(documents, which), path)
        del holder[last]

    return change


def append(which: str, path: str, value: Any) -> Change:
    """Add to the list at a path of an object."""

    def change(documents: list[dict]) -> None:
        holder, last = _place(find(documents, which), path)
        holder.setdefault(last, []).append(value) if isinstance(holder, dict) else holder[last].append(value)

    return change


def without(which: str) -> Change:
    """Take away an object."""

    def change(documents: list[dict]) -> None:
        documents.remove(find(documents, which))

    return change


def another(which: str, **changed: Any) -> Change:
    """Add a copy of an object with another kind, name or spec."""

    def change(documents: list[dict]) -> None:
        one = copy.deepcopy(find(documents, which))
        one["metadata"]["name"] = changed.get("name", one["metadata"]["name"])
        documents.append(one | {key: value for key, value in changed.items() if key != "name"})

    return change


def _place(one: Any, path: str) -> tuple[Any, Any]:
    """Give the holder of a path's end, and its key; names with dots in them stand in brackets."""
    keys = _keys(path)
    for key in keys[:-1]:
        one = one.setdefault(key, {}) if isinstance(one, dict) else one[key]
    return one, keys[-1]


def _keys(path: str) -> list[Any]:
    before, bracket, inner = path.partition("[")
    keys: list[Any] = [int(key) if is_number(key) else key for key in before.strip(".").split(".") if key]
    return [*keys, inner.rstrip("]")] if bracket else keys
