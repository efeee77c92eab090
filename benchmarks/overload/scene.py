"""The platform's real processes with a few people in it, and the memory of each process."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests
from pymongo import MongoClient

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import Person, new_resident
from tests.e2e.platform import Platform, management, running

NAMES = ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")
MIB = 1024


class Scene:
    """A running platform, a signed-in resident and what she asks for."""

    def __init__(self, platform: Platform):
        self.platform = platform
        self.base = platform.base
        her, entered = Person(self.base, "resident"), new_resident(VILLAGE)
        her.post("/residents", entered, expect=201)
        her.sign_in(entered["phone"], entered["password"])
        self.token = her.http.headers["Authorization"].removeprefix("Bearer ")
        # one in twenty is a page of four services, one in four a list, the others single private reads
        self.paths = [f"/residents/{her.id}"] * 14 + ["/applications/mine"] * 5 + ["/overview"]

    def memory(self) -> dict[str, float]:
        """Give the resident memory by process, workers included, in MiB."""
        groups = {child.process.pid: name for name, child in self.platform.children.items()}
        found = dict.fromkeys(groups.values(), 0.0) | {
            name: _resident(pid) for name, pid in self._infra().items()
        }
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (name := groups.get(_group(int(entry.name)))):
                found[name] += _resident(int(entry.name))
        return found

    def healthy(self) -> bool:
        """Tell whether /healthz is answered in a second."""
        try:
            return requests.get(f"{self.base}/healthz", timeout=1).status_code == 200
        except requests.RequestException:
            return False

    def _infra(self) -> dict[str, int]:
        if not hasattr(self, "_pids"):
            settings = self.platform.settings
            with MongoClient(settings.mongodb_uri) as client:
                database = client.admin.command("serverStatus")["pid"]
            nodes = management(settings.rabbitmq_management_uri, "GET", "nodes").json()
            self._pids = {"rabbitmq": int(nodes[0].get("os_pid", 0)), "mongodb": database}
        return self._pids


@contextmanager
def scene() -> Iterator[Scene]:
    """Run the platform for the length of the block, with as many gateway workers as cores."""
    addresses = {name: os.environ[name] for name in NAMES}
    workers = os.environ.get("GATEWAY_WORKERS", str(os.cpu_count() or 1))
    # the crowd comes from one machine
    told = {"GATEWAY_WORKERS": workers, "GATEWAY_CONNECTIONS_PER_ADDRESS": "0"}
    with (
        tempfile.TemporaryDirectory(prefix="overload-") as folder,
        running(Path(folder), addresses, ("identity", "integrity"), **told) as platform,
    ):
        yield Scene(platform)


def _group(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / MIB for line in lines if line.startswith("VmRSS:"))
