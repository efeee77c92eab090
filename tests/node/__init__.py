"""The tools of Node.js that read our descriptions and pages as others would: pinned, and installed by the first test that asks."""

import fcntl
import hashlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from deploy.local.folders import BASE

HERE = Path(__file__).parent
FOLDER = BASE / "node"
MODULES = FOLDER / "node_modules"
NEEDED = (
    "install Node.js 20.19 or newer with npm (Debian: apt-get install nodejs npm), then run the tests again"
)
INSTALL = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
SECONDS = 300


@cache
def installed() -> Path:
    """Give the folder of the installed packages; fails with what to do where Node.js is not there."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.fail(f"node or npm is not found: {NEEDED}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (BASE / "node.lock").open("w") as lock:
        # the suite runs in several processes
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = hashlib.sha256((HERE / "package-lock.json").read_bytes()).hexdigest()
        stamp = FOLDER / ".whole"
        if not stamp.exists() or stamp.read_text() != wanted:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(HERE / name, FOLDER / name)
            run(*INSTALL)
            stamp.write_text(wanted)
    return MODULES


def run(*command: str) -> str:
    """Run a command in the folder of the packages and give what it printed; fails where it says that it could not."""
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode in (0, 1), done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout
