"""A replica set of three for a test: its secondaries can be halted, so that the primary has what no majority has."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.local.database import prepare
from deploy.local.ports import HOST, choose

NAMES = ("a", "b", "c")


class ThreeMembers:
    """Three mongod; the first is the primary as long as one other runs."""

    def __init__(self, folder: Path):
        self.ports = [choose(set()) for _ in NAMES]
        mongod = str(prepare())
        self.members = [
            subprocess.Popen(
                [
                    *(mongod, "--dbpath", _made(folder / name), "--port", str(port), "--bind_ip", HOST),
                    *("--replSet", "three", "--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "50"),
                    *("--nounixsocket", "--quiet"),
                ],
                stdout=subprocess.DEVNULL,
            )
            for name, port in zip(NAMES, self.ports, strict=True)
        ]
        self.client: MongoClient = MongoClient(HOST, self.ports[0], directConnection=True, tz_aware=True)

    def begin(self) -> None:
        """Form the set: the first member is elected at once, and then stays long after it sees nobody."""
        members = [
            {"_id": at, "host": f"{HOST}:{port}", "priority": int(at == 0)}
            for at, port in enumerate(self.ports)
        ]
        config = {"_id": "three", "version": 1, "members": members}
        soon, late = ({"electionTimeoutMillis": milliseconds} for milliseconds in (1000, 60_000))
        self._until(lambda: self.client.admin.command("replSetInitiate", {**config, "settings": soon}))
        self._until(lambda: self.client.admin.command("hello")["isWritablePrimary"])
        patient = {**config, "version": 100, "settings": late}
        self._until(lambda: self.client.admin.command("replSetReconfig", patient, force=True))

    def _until(self, done: Callable[[], object], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(PyMongoError):
                if done():
                    return
            time.sleep(0.1)
        raise TimeoutError("the three members do not become a set")

    def halt_secondaries(self) -> None:
        """Let the two others neither answer nor copy until `resume_secondaries`."""
        for member in self.members[1:]:
            os.kill(member.pid, signal.SIGSTOP)

    def resume_secondaries(self) -> None:
        """Let them go on."""
        for member in self.members[1:]:
            os.kill(member.pid, signal.SIGCONT)

    def end(self) -> None:
        """End all three."""
        self.client.close()
        for member in self.members:
            member.kill()
            member.wait()


def _made(folder: Path) -> str:
    folder.mkdir()
    return str(folder)


@contextlib.contextmanager
def three_members() -> Iterator[ThreeMembers]:
    """Give a set of three that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="three-members-"))
    three = ThreeMembers(folder)
    try:
        three.begin()
        yield three
    finally:
        three.end()
        shutil.rmtree(folder, ignore_errors=True)
