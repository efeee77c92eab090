"""A replica set of three members with access control, each of which can be stopped and started again."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import time
from pathlib import Path
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local import database, ports
from deploy.local.folders import Folder
from deploy.local.processes import Child
from deploy.local.refusal import Refusal

SET = "database"
ADMINISTRATOR = "root"
PARAMETERS = ("diagnosticDataCollectionEnabled=false", "minSnapshotHistoryWindowInSeconds=3600")
START_SECONDS, STOP_SECONDS = 60, 120


class Members:
    """Three mongod on one address, each with a port and a folder of its own; they know each other by a key file."""

    def __init__(self, folder: Path, host: str, number: int = 3):
        self.mongod = database.prepare()
        self.host = host
        self.folder = Folder(folder)
        self.folder.make()
        chosen: set[int] = set()
        for _ in range(number):
            chosen.add(ports.choose(chosen))
        self.ports = sorted(chosen)
        self.key = folder / "key"
        self.key.write_text(base64.b64encode(secrets.token_bytes(96)).decode())
        self.key.chmod(0o400)
        self.password = secrets.token_urlsafe(24)
        self.children: list[Child | None] = [None] * number

    def address(self, user: str, password: str) -> str:
        """Give the address of the set for one user."""
        login = f"{quote(user, safe='')}:{quote(password, safe='')}"
        hosts = ",".join(f"{self.host}:{port}" for port in self.ports)
        return f"mongodb://{login}@{hosts}/?replicaSet={SET}&authSource=admin"

    @property
    def uri(self) -> str:
        """The administrator's address."""
        return self.address(ADMINISTRATOR, self.password)

    def start(self) -> None:
        """Start them, form the set and make the administrator, who can be made from the machine itself while there is nobody."""
        for at in range(len(self.ports)):
            self._spawn(at)
        members = [{"_id": at, "host": f"{self.host}:{port}"} for at, port in enumerate(self.ports)]
        with self._alone(0) as client:
            _until(lambda: self._initiated(client, members), "be a replica set")
        # only the primary takes a first user, and only from its own machine
        _until(self._administrator_made, "have an administrator")
        self.wait_whole()

    @staticmethod
    def _initiated(client: MongoClient, members: list[dict]) -> bool:
        client.admin.command("replSetInitiate", {"_id": SET, "members": members})
        return True

    def _administrator_made(self) -> bool:
        for at in range(len(self.ports)):
            with self._alone(at) as client:
                if client.admin.command("hello").get("isWritablePrimary"):
                    client.admin.command("createUser", ADMINISTRATOR, pwd=self.password, roles=["root"])
                    return True
        return False

    def begin(self, at: int) -> None:
        """Start one and wait until it is a member that counts."""
        self._spawn(at)
        self.wait_whole()

    def begin_all(self) -> None:
        """Start them all and wait until the set is whole."""
        for at in range(len(self.ports)):
            self._spawn(at)
        self.wait_whole()

    def stop(self, *places: int) -> None:
        """Stop some at once, as machines are drained: a primary hands over first."""
        processes = []
        for at in places:
            child, self.children[at] = self.children[at], None
            if child is not None and child.process is not None:
                os.killpg(child.process.pid, signal.SIGTERM)
                processes.append(child.process)
        for process in processes:
            process.wait(STOP_SECONDS)

    def stop_all(self) -> None:
        """End them all at once: nobody will read their data."""
        for child in self.children:
            if child is not None and child.process is not None and child.process.poll() is None:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait(60)

    def wait_whole(self) -> None:
        """Wait until there are a primary and as many secondaries as there should be. Raises Refusal after a minute."""
        client: MongoClient = MongoClient(self.uri, serverSelectionTimeoutMS=2000)
        with client:
            _until(lambda: self._states(client) == ["PRIMARY", *["SECONDARY"] * 2], "be whole")

    def primary(self) -> int:
        """Give which one is the primary."""
        client: MongoClient = MongoClient(self.uri, serverSelectionTimeoutMS=10_000)
        with client:
            told = client.admin.command("hello")["primary"]
        return self.ports.index(int(told.rpartition(":")[2]))

    @staticmethod
    def _states(client: MongoClient) -> list[str]:
        return sorted(one["stateStr"] for one in client.admin.command("replSetGetStatus")["members"])

    def _spawn(self, at: int) -> None:
        data = self.folder.path / f"data{at}"
        data.mkdir(exist_ok=True)
        command = [str(self.mongod), "--dbpath", str(data), "--port", str(self.ports[at]), "--replSet", SET]
        command += ["--bind_ip", f"{ports.HOST},{self.host}", "--auth", "--keyFile", str(self.key)]
        command += ["--wiredTigerCacheSizeGB", "0.5", "--oplogSize", "256", "--nounixsocket", "--quiet"]
        command += ["--slowOpSampleRate", "0.0"]
        for one in PARAMETERS:
            command += ["--setParameter", one]
        child = Child(f"mongod{at}", command, os.environ.copy(), self.folder, kind="infra")
        child.start()
        self.children[at] = child

    def _alone(self, at: int) -> MongoClient:
        return MongoClient(ports.HOST, self.ports[at], directConnection=True, serverSelectionTimeoutMS=20_000)


def _until(done, what: str) -> None:
    """Try until it is done. Raises Refusal after START_SECONDS."""
    end, why = time.monotonic() + START_SECONDS, ""
    while time.monotonic() < end:
        try:
            if done():
                return
        except (OperationFailure, PyMongoError) as error:
            why = str(error)
        time.sleep(0.2)
    raise Refusal(f"the database did not come to {what} within {START_SECONDS} s", why)
