"""What `make` runs first: the system's Python builds the virtual environment and hands over to it.

Standard library only, and readable for Pythons older than the one we need, so that it can say so.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local import apt
from deploy.local.folders import BASE, PROJECT, VENV, VENV_PYTHON, Folder, read_json, shown, write_private
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

NEEDED = (3, 11)
# These only look at what there is: they must not build an environment first, and clean removes it.
WITHOUT_VENV = {"stop", "status", "logs", "clean", "--help", "-h"}
# What these run is a test's: linters, schemas and pytest.
TESTING = {"check", "test", "k8s-check", "k8s-rehearse"}
STAMP = VENV / ".whole.json"


def main(arguments: list[str]) -> int:
    """Prepare what the command needs and become it."""
    try:
        _right_python(arguments)
        python = Path(sys.executable)
        if arguments and arguments[0] not in WITHOUT_VENV:
            prepare("test" if arguments[0] in TESTING else "runtime")
            python = VENV_PYTHON
    except Refusal as refusal:
        print(f"xiangzhi: {refusal.sentence}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(PROJECT)
    os.execv(python, [str(python), "-m", "deploy.local", *arguments])


def _right_python(arguments: list[str]) -> None:
    if sys.version_info >= NEEDED:
        return
    for minor in range(NEEDED[1], NEEDED[1] + 4):
        python = shutil.which(f"python3.{minor}")
        # A version manager's shim may be on the PATH without the version behind it.
        if python and subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0:
            os.execv(python, [python, "-m", "deploy.local.bootstrap", *arguments])
    raise Refusal(
        f"Python 3.11 or newer is needed and this is {sys.version.split()[0]}: install it "
        "(`apt-get install python3.11 python3.11-venv`) or say where it is with `make run PYTHON=...`"
    )


def prepare(kind: str) -> None:
    """Make the virtual environment whole for "runtime" or "test"; one command at a time does so."""
    Folder.of_platform().make()
    with (BASE / "venv.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another command that is preparing the virtual environment")
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not _usable():
            _create()
        for part in ("runtime", "test") if kind == "test" else ("runtime",):
            _install(part)


def _usable() -> bool:
    # The stamp is written last and names place and version: a half-made, moved or outdated environment
    # has no right one.
    return read_json(STAMP).get("made") == _made() and VENV_PYTHON.exists()


def _made() -> str:
    return f"{VENV} with Python {sys.version_info[0]}.{sys.version_info[1]}"


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info[1]}-venv"
        apt.install(package, f"install it with `sudo apt-get install {package}` and try again")
    if VENV.is_symlink():
        raise Refusal(
            f"{shown(VENV)} is a link: remove it, so that an environment of this checkout can be made"
        )
    say(f"creating the virtual environment in {shown(VENV)}")
    shutil.rmtree(VENV, ignore_errors=True)
    log = Folder.of_platform().log("venv")
    if run_logged([sys.executable, "-m", "venv", str(VENV)], log):
        raise Refusal(f"the virtual environment could not be created: the reason is in {shown(log)}")
    write_private(STAMP, json.dumps({"made": _made()}))


def _install(part: str) -> None:
    wanted = PROJECT / "requirements" / f"{part}.txt"
    if not wanted.exists():
        raise Refusal(f"{shown(wanted)} is missing: get the project's files again")
    digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
    stamp = read_json(STAMP)
    if stamp.get(part) == digest:
        return
    log = Folder.of_platform().log("pip")
    say(f"installing the pinned packages of {shown(wanted)} (log: {shown(log)})")
    # While pip is at work the environment is neither the old nor the new one.
    write_private(STAMP, json.dumps({k: v for k, v in stamp.items() if k != part}))
    pip = [str(VENV_PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "-r", str(wanted)]
    if run_logged(pip, log):
        raise Refusal(
            f"pip could not install {shown(wanted)}: mend the reason, in {shown(log)}, and try again"
        )
    write_private(STAMP, json.dumps({**read_json(STAMP), part: digest}))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
