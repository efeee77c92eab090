"""A database of a test's own, with access control and TLS: a replica set of one whose members know each other by a key file."""

import base64
import contextlib
import secrets
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local import database, ports

ADMINISTRATOR = "root@county"
PASSWORD = "a@b:/%"


class OwnMongod:
    """One mongod; `uri` is its administrator's address, whose password is an odd one."""

    def __init__(self, folder: Path, certificate: Path, host: str = "localhost"):
        self.folder, self.certificate, self.host = folder, certificate, host
        self.port = ports.choose(set())
        self.tls = f"tls=true&tlsCAFile={quote(str(certificate), safe='')}"
        self.uri = self.address(f"{quote(ADMINISTRATOR)}:{quote(PASSWORD, safe='')}@")

    def address(self, login: str = "", host: str = "", tls: str | None = None) -> str:
        """Give an address of it."""
        told = self.tls if tls is None else tls
        more = "authSource=admin&" if login else ""
        return f"mongodb://{login}{host or self.host}:{self.port}/?replicaSet=own&{more}{told}"

    def start(self) -> None:
        """Start it, form the set and make the administrator, who can be made from here as long as there is nobody."""
        data, key = self.folder / "data", self.folder / "key"
        data.mkdir(parents=True)
        key.write_text(base64.b64encode(secrets.token_bytes(96)).decode())
        key.chmod(0o400)
        command = [
            str(database.prepare()),
            "--dbpath",
            str(data),
            "--port",
            str(self.port),
            "--replSet",
            "own",
        ]
        command += ["--bind_ip", "127.0.0.1", "--auth", "--keyFile", str(key), "--nounixsocket", "--quiet"]
        command += ["--tlsMode", "requireTLS", "--tlsCertificateKeyFile", str(self.certificate)]
        command += ["--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64", "--setParameter"]
        command += ["diagnosticDataCollectionEnabled=false"]
        self.log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT)
        member = {"_id": 0, "host": f"{self.host}:{self.port}"}
        alone = f"mongodb://{self.host}:{self.port}/?directConnection=true&{self.tls}"
        with MongoClient(alone, serverSelectionTimeoutMS=20_000) as client:
            client.admin.command("replSetInitiate", {"_id": "own", "members": [member]})
            self._until(lambda: client.admin.command("hello").get("isWritablePrimary"))
            client.admin.command("createUser", ADMINISTRATOR, pwd=PASSWORD, roles=["root"])

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait(20)
        self.log.close()

    @staticmethod
    def _until(true) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with contextlib.suppress(OperationFailure, PyMongoError):
                if true():
                    return
            time.sleep(0.05)
        raise AssertionError("no primary within 30 s")
