"""The overlay `rehearse` made this place's own, as its README tells an operator to: a copy with a tag, settings and providers; and its Secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from deploy.k8s import make_secrets
from deploy.k8s.check import rendering
from deploy.k8s.check.manifests import Manifests

OVERLAY = rendering.FOLDER / "overlays" / "rehearse"
IMAGE = "localhost/xiangzhi"


@dataclass(frozen=True)
class Told:
    """What differs in this place from the overlay: lines of settings.env and of providers.env."""

    settings: Mapping[str, str]
    providers: Mapping[str, str]


def manifests(folder: Path, told: Told, tag: str) -> Manifests:
    """Render the overlay for one release; `folder` is where its copy lies."""
    copy = folder.resolve() / f"overlay-{tag}"
    copy.mkdir(parents=True)
    overlay = yaml.safe_load((OVERLAY / "kustomization.yaml").read_text("utf-8"))
    for kind in ("resources", "components"):
        overlay[kind] = [_from(copy, one) for one in overlay[kind]]
    release = yaml.safe_load((OVERLAY / "release.yaml").read_text("utf-8"))
    release["data"] = {"image": IMAGE, "tag": tag}
    (copy / "kustomization.yaml").write_text(yaml.safe_dump(overlay), "utf-8")
    (copy / "release.yaml").write_text(yaml.safe_dump(release), "utf-8")
    for name, more in (("settings.env", told.settings), ("providers.env", told.providers)):
        (copy / name).write_text(_told_instead((OVERLAY / name).read_text("utf-8"), more), "utf-8")
    return Manifests(f"rehearse {tag}", rendering.render(copy))


def _told_instead(text: str, more: Mapping[str, str]) -> str:
    """Give the lines of an env file with these values, which replace those of the same names."""
    kept = [line for line in text.splitlines() if line.partition("=")[0] not in more]
    return "\n".join([*kept, *(f"{key}={value}" for key, value in more.items())]) + "\n"


def _from(copy: Path, path: str) -> str:
    return os.path.relpath(OVERLAY / path, copy) if path.startswith("..") else path


def secrets(
    providers: Mapping[str, str], broker: Mapping[str, str], database: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Give every Secret by its name: the platform's own keys, made anew; addresses of broker and, by user, of the database."""
    made = {
        "keys": {**make_secrets.keys(), **providers},
        "broker": dict(broker),
        **{f"database-{user}": {"MONGODB_URI": address} for user, address in database.items()},
    }
    return made


def lay_out(folder: Path, known: Mapping[str, Mapping[str, str]], projections) -> None:
    """Write the files that a pod's volumes show, readable for the user it runs as and for nobody outside the folder."""
    for one in projections:
        place = folder / one.volume
        place.mkdir(parents=True)
        for name, key in one.files.items():
            (place / name).write_text(known[one.secret][key], "utf-8")
            (place / name).chmod(0o444)
        place.chmod(0o555)
