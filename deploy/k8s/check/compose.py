"""What a person who follows deploy/compose.yaml would meet, and no schema finds: each rule from something that was met when it was started."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from deploy.k8s.check.rendering import FOLDER

UNITS = {"k": 2**10, "m": 2**20, "g": 2**30, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
"""Of both: in a compose file letters alone are powers of two as well."""

DONE = "service_completed_successfully"


def problems(compose: Mapping) -> Iterator[str]:
    """Give a line for whatever is wrong."""
    yield from images_name_their_registry(compose)
    yield from what_ends_is_waited_for(compose)
    yield from nobody_has_less_memory_than_in_a_cluster(compose, memory_limits())


def images_name_their_registry(compose: Mapping) -> Iterator[str]:
    """Podman takes no name without one, where nobody has told it which registries to search."""
    for name, one in compose["services"].items():
        registry, slash, _ = one["image"].partition("/")
        if "$" not in one["image"] and not (slash and "." in registry):
            yield f"compose.yaml: the image {one['image']} of {name} names no registry"


def what_ends_is_waited_for(compose: Mapping) -> Iterator[str]:
    """`docker compose up --wait` fails by a container that ends well, unless one that stays waits for its end (docker/compose#9273, #10596)."""
    services = compose["services"]
    ends = {name for name, one in services.items() if one.get("restart") == "on-failure"}
    waited = {
        needed
        for name, one in services.items()
        for needed, how in one.get("depends_on", {}).items()
        if name not in ends and how["condition"] == DONE
    }
    for name in sorted(ends - waited):
        yield f"compose.yaml: no process that stays waits for the end of {name}"


def nobody_has_less_memory_than_in_a_cluster(compose: Mapping, limits: Mapping[str, int]) -> Iterator[str]:
    """What a process needs of memory does not depend on who starts it."""
    for name, needed in limits.items():
        given = compose["services"].get(name, {}).get("mem_limit", "0m")
        if in_bytes(given) < needed:
            yield f"compose.yaml: {name} has {given} of memory, and {needed // 2**20}m in the manifests"


def memory_limits() -> dict[str, int]:
    """Give the bytes of memory that the base's manifests give each process."""
    found = {}
    for path in sorted((FOLDER / "base").glob("*.yaml")):
        for one in yaml.safe_load_all(path.read_text("utf-8")):
            if not one or one.get("kind") != "Deployment":
                continue
            for container in one["spec"]["template"]["spec"]["containers"]:
                if told := container.get("resources", {}).get("limits", {}).get("memory"):
                    found[one["metadata"]["name"]] = in_bytes(told)
    return found


def in_bytes(told: str) -> int:
    """Give a size in bytes: 1g and 1Gi are 1073741824. Raises ValueError for another way of telling it."""
    parts = re.fullmatch(r"([0-9]+)([kmg]|[KMG]i)", told)
    if parts is None:
        raise ValueError(f"{told!r} is no size")
    return int(parts[1]) * UNITS[parts[2]]
