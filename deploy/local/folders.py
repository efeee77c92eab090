"""Where the one-machine stack keeps its state."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BASE = PROJECT / ".xiangzhi"
VENV = BASE / "venv"
VENV_PYTHON = VENV / "bin" / "python"
LOG_LIMIT = 5_000_000
MEMORY = Path("/dev/shm")
PLENTY = 8 * 2**30
"""Bytes that must be free there: the whole suite takes about a quarter."""


@dataclass(frozen=True)
class Folder:
    """The state folder of one stack: the platform's or that of one test run."""

    path: Path

    @classmethod
    def of_platform(cls) -> Folder:
        """Return the folder that `make run` continues with."""
        return cls(BASE / "run")

    @classmethod
    def of_tests(cls, pid: int) -> Folder:
        """Return the throw-away folder of the test run with this process id."""
        return cls(BASE / f"test-{pid}")

    @property
    def logs(self) -> Path:
        """The folder with one log per process."""
        return self.path / "logs"

    @property
    def pids(self) -> Path:
        """The register of the processes started from this folder."""
        return self.path / "pids.json"

    @property
    def lock(self) -> Path:
        """The file that the one supervisor of this folder holds locked."""
        return self.path / "lock"

    @property
    def environment(self) -> Path:
        """The environment that the running processes were given."""
        return self.path / "environment.json"

    def log(self, name: str) -> Path:
        """Return the log file of `name`; a log that has grown too long is set aside first."""
        self.logs.mkdir(parents=True, exist_ok=True)
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.1"))
        return path

    def make(self) -> None:
        """Create the folder so that only its owner can read it."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.logs.mkdir(exist_ok=True)

    def make_in_memory(self) -> None:
        """Create it in memory where the machine has plenty: data of tests need not outlive them, and flushing costs a quarter of their time."""
        if _free_memory() >= PLENTY:
            self.path.parent.mkdir(exist_ok=True)
            self.path.symlink_to(tempfile.mkdtemp(prefix=f"xiangzhi-{self.path.name}-", dir=MEMORY))
        self.make()

    def remove(self) -> None:
        """Delete it with all that is in it, wherever that lies."""
        shutil.rmtree(self.path.resolve(), ignore_errors=True)
        if self.path.is_symlink():
            self.path.unlink()


def _free_memory() -> int:
    """The bytes that files in memory may take; 0 where the machine does not say."""
    try:
        told = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text("ascii").splitlines())
        return min(shutil.disk_usage(MEMORY).free, int(told["MemAvailable"].split()[0]) * 1024)
    except (OSError, KeyError):
        return 0


def shown(path: Path) -> str:
    """Return a path the way a person in the project folder would type it."""
    return str(path.relative_to(PROJECT)) if path.is_relative_to(PROJECT) else str(path)


def write_private(path: Path, text: str) -> None:
    """Replace a file at once with text that only its owner may read."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    part.replace(path)


def read_json(path: Path) -> dict:
    """Return the object in a JSON file; a file that is absent or torn counts as empty."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
