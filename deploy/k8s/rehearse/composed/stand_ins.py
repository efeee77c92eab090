"""What stands in for the two images that come from a registry: made once and kept, and given their names in the store that is thrown away."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from pathlib import Path

from deploy.k8s.rehearse import images
from deploy.k8s.rehearse.composed.apart import Apart
from deploy.k8s.rehearse.podman import Podman
from deploy.local import database
from deploy.local.folders import Folder, shown
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

HERE = Path(__file__).parent
STAND_INS = {"rabbitmq": "rabbitmq.Containerfile", "mongodb": "mongodb.Containerfile"}
"""By the service of compose.yaml whose image it is."""

INCLUDED = "rabbitmq-server,libcurl4,libstdc++6"
SHELL = "mongosh@2.12.0"
"""MongoDB's own shell (Apache-2.0), which fixes the versions of what it needs; fetched, not shipped."""

NODE = "node-linux-{}@20.20.2"
"""Debian 12's own Node.js is too old for it."""

MACHINES = {"x86_64": "x64", "aarch64": "arm64"}
NPM = (
    "npm", "install", "--ignore-scripts", "--omit=dev", "--omit=optional", "--no-package-lock", "--no-audit", "--no-fund",
)  # fmt: skip


def prepare(podman: Podman) -> str:
    """Give the name of the image that both are made of, made where it is not there yet. Raises Refusal where it cannot be had."""
    texts = [(HERE / one).read_text("utf-8") for one in ("stores.Containerfile", "mongosh")]
    parts = [INCLUDED, SHELL, NODE, database.PACKAGE, *texts]
    name = f"localhost/xiangzhi-stores:{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:12]}"
    if not podman.has_image(name):
        foundation = images.debian(podman, "stores-base", INCLUDED)
        mongod, shell = database.prepare(), _shell()
        context = images.KEPT / f"stores-{os.getpid()}"
        try:
            shutil.copytree(shell / "node_modules", context / "node_modules", symlinks=True)
            shutil.copy(mongod, context / "mongod")
            shutil.copy(HERE / "mongosh", context / "mongosh")
            _build(podman, "stores", name, foundation, context)
        finally:
            shutil.rmtree(context, ignore_errors=True)
    return name


def _shell() -> Path:
    """Give a folder with mongosh and the Node.js that runs it."""
    machine = MACHINES.get(platform.machine())
    if machine is None or shutil.which("npm") is None:
        raise Refusal(
            "mongosh is fetched with npm, for x86_64 and aarch64: install npm, or rehearse elsewhere"
        )
    wanted = (SHELL, NODE.format(machine))
    folder = images.KEPT / f"mongosh-{hashlib.sha256(' '.join(wanted).encode()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    log, part = Folder.of_platform().log("mongosh-download"), folder.with_suffix(".part")
    say(f"fetching mongosh (70 MB, log: {shown(log)})")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    if run_logged([*NPM, "--prefix", str(part), *wanted], log):
        raise Refusal(f"npm could not fetch mongosh (the reason is in {shown(log)})")
    part.rename(folder)
    return folder


def name_them(apart: Apart, stores: str, names: dict[str, str]) -> None:
    """Make an image under each of these names, by service, in the store that is thrown away."""
    empty = apart.folder / "empty"
    empty.mkdir(exist_ok=True)
    for service, name in names.items():
        _build(apart, Path(STAND_INS[service]).stem, name, stores, empty)


def _build(podman: Podman, what: str, name: str, foundation: str, context: Path) -> None:
    log = Folder.of_platform().log("buildah")
    say(f"building {name} (log: {shown(log)})")
    command = [*podman.prefix, "buildah", "bud", "--file", str(HERE / f"{what}.Containerfile"), "--tag", name]
    command += ["--build-arg", f"BASE={foundation}", "--network", "none", str(context)]
    if run_logged(command, log, env=podman.env):
        raise Refusal(f"buildah could not build {name} (the reason is in {shown(log)})")
