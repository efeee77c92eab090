"""What is checked: each overlay, and each component alone upon the base, rendered by the pinned kubectl."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from deploy.k8s.check import tools
from deploy.k8s.check.manifests import Manifests
from deploy.local.refusal import Refusal

FOLDER = Path(__file__).parents[1]

STAND_ON = {
    "departments": ("rabbitmq-operator",),
    "private-ca": ("backup", "operator"),
    "single-node": ("rabbitmq-operator", "mongodb-operator"),
}
"""Components that change what others bring."""


def names(of: str) -> list[str]:
    """Give the names of the overlays or of the components."""
    return sorted(one.parent.name for one in (FOLDER / of).glob("*/kustomization.yaml"))


def targets() -> Iterator[Manifests]:
    """Render everything that there is to check."""
    for name in names("overlays"):
        yield overlay(name)
    for name in names("components"):
        yield component(name)


def overlay(name: str) -> Manifests:
    """Render one overlay."""
    return Manifests(f"overlays/{name}", render(FOLDER / "overlays" / name))


def component(name: str) -> Manifests:
    """Render one component upon base, data and what it stands on."""
    parts = [*STAND_ON.get(name, ()), name]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder).resolve()
        (place / "release.yaml").write_text(
            (FOLDER / "overlays/county/release.yaml").read_text("utf-8"), "utf-8"
        )
        told = {
            "apiVersion": "kustomize.config.k8s.io/v1beta1",
            "kind": "Kustomization",
            "resources": [_from(place, "base"), _from(place, "data"), "release.yaml"],
            "components": [_from(place, f"components/{one}") for one in dict.fromkeys([*parts, "release"])],
        }
        (place / "kustomization.yaml").write_text(yaml.safe_dump(told), "utf-8")
        return Manifests(f"components/{name}", render(place))


def _from(place: Path, path: str) -> str:
    return os.path.relpath(FOLDER / path, place)


def render(folder: Path) -> list[dict]:
    """Give the objects of a folder; a warning is a Refusal like a failure."""
    command = [str(tools.kubectl()), "kustomize", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or done.stderr.strip():
        raise Refusal(f"{folder.name} cannot be rendered: {done.stderr.strip()}")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [one for one in yaml.load_all(done.stdout, loader) if one]
