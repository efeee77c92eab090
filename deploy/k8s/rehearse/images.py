"""The image without daemon and registry: a base by mmdebstrap, wheels by pip, then deploy/image/Containerfile by buildah.

Base and wheels are kept in .xiangzhi/rehearse and in podman's store, by what they are made of: a second rehearsal builds the code only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from deploy.k8s.rehearse.podman import Podman
from deploy.local.folders import BASE, PROJECT, VENV_PYTHON, Folder, shown
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

SUITE = "bookworm"
INCLUDED = "python3,python3-venv,ca-certificates,fonts-noto-cjk,fonts-noto-core,fonts-hanazono"
PYTHON = (3, 11)
"""The one of that suite: wheels of another one do not fit."""
KEPT = BASE / "rehearse"
CONTENT = ("services", "gateway", "requirements", "deploy/image")
FILES = ("LICENSE", "NOTICE")


def base(podman: Podman) -> str:
    """Give the name of the base image, made where it is not there yet."""
    return debian(podman, "base", INCLUDED)


def debian(podman: Podman, what: str, included: str) -> str:
    """Give the name of an image of Debian with these packages, made where it is not there yet."""
    digest = hashlib.sha256(f"{SUITE} {included}".encode()).hexdigest()[:12]
    name = f"localhost/xiangzhi-{what}:{digest}"
    if podman.has_image(name):
        return name
    KEPT.mkdir(parents=True, exist_ok=True)
    archive, log = KEPT / f"{what}-{digest}.tar", Folder.of_platform().log("mmdebstrap")
    say(f"making a base by mmdebstrap (Debian {SUITE} with {included}, 2 minutes, log: {shown(log)})")
    try:
        command = ["mmdebstrap", "--variant=minbase", f"--include={included}", SUITE, str(archive)]
        if run_logged([*command, *_mirror()], log, env=podman.env):
            raise Refusal(f"mmdebstrap could not make a base (the reason is in {shown(log)})")
        podman.do("import", str(archive), name, limit=600)
    finally:
        archive.unlink(missing_ok=True)
    return name


def _mirror() -> list[str]:
    """Give the lists of packages that this machine uses itself, where they are of the same suite."""
    lists = (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list"))
    return [str(one) for one in lists if one.exists() and SUITE in one.read_text("utf-8")][:1]


def wheels() -> Path:
    """Give a folder with a wheel for each package of requirements/runtime.txt, by pip of this machine."""
    wanted = PROJECT / "requirements" / "runtime.txt"
    folder = KEPT / f"wheels-{hashlib.sha256(wanted.read_bytes()).hexdigest()[:12]}"
    if folder.exists():
        return folder
    if sys.version_info[:2] != PYTHON:
        raise Refusal("the image has Python 3.11: `make k8s-rehearse PYTHON=python3.11` after `make clean`")
    log, part = Folder.of_platform().log("wheels"), folder.with_suffix(".part")
    say(f"collecting wheels of requirements/runtime.txt (1 minute, log: {shown(log)})")
    shutil.rmtree(part, ignore_errors=True)
    pip = [str(VENV_PYTHON), "-m", "pip", "wheel", "--disable-pip-version-check", "--wheel-dir", str(part)]
    if run_logged([*pip, "-r", str(wanted)], log):
        raise Refusal(f"pip could not collect the wheels (the reason is in {shown(log)})")
    part.rename(folder)
    return folder


def build(podman: Podman, name: str) -> None:
    """Build the image of this checkout under a name."""
    foundation, packages = base(podman), wheels()
    context, log = KEPT / f"context-{os.getpid()}", Folder.of_platform().log("buildah")
    ignored = shutil.ignore_patterns("__pycache__", "*.whl")
    for part in CONTENT:
        shutil.copytree(PROJECT / part, context / part, ignore=ignored)
    for part in FILES:
        shutil.copy(PROJECT / part, context / part)
    for wheel in packages.glob("*.whl"):
        (context / "deploy/image/wheels" / wheel.name).hardlink_to(wheel)
    say(f"building {name} by buildah (1 minute, log: {shown(log)})")
    command = [
        "buildah",
        "bud",
        "--layers",
        "--file",
        str(context / "deploy/image/Containerfile"),
        "--tag",
        name,
    ]
    for argument in (f"BASE={foundation}", "FONTS=", "PIP_NO_INDEX=1"):
        command += ["--build-arg", argument]
    try:
        if run_logged([*command, "--network", "none", str(context)], log, env=podman.env):
            raise Refusal(f"buildah could not build the image (the reason is in {shown(log)})")
    finally:
        shutil.rmtree(context, ignore_errors=True)
