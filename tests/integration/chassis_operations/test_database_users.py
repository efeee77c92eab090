"""Each process comes into the database as its own user, who has rights on its own database and nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from services.chassis.core.settings import Settings
from services.chassis.operations.database_users import address_of
from tests.certificates import make_authority
from tests.own_mongod import OwnMongod

SERVICES = ("affairs", "identity", "integrity", "market")
ODD = "a@b:/%"


@pytest.fixture(scope="module")
def mongod(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    own = OwnMongod(folder, make_authority(folder / "both.pem", "localhost"))
    own.start()
    yield own
    own.stop()


def command(mongod, folder: Path, **more: str) -> subprocess.CompletedProcess:
    told = {"MONGODB_URI": mongod.uri, "PYTHONPATH": ".", **more}
    module = "services.chassis.operations.database_users"
    return subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def users(mongod, tmp_path_factory) -> dict[str, str]:
    """The address of each user; the market's has an odd password that somebody else chose."""
    folder = tmp_path_factory.mktemp("users")
    (folder / "market").write_text(address_of("market", ODD, mongod.uri))
    done = command(mongod, folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [f"{name}: made" for name in (*SERVICES, "declare", "operator")]
    with MongoClient(mongod.uri) as client:
        for name in SERVICES:
            client[f"xiangzhi_{name}"].things.insert_one({"_id": "there"})
    return {file.name: file.read_text() for file in folder.iterdir()}


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_reads_and_writes_its_own_database_and_no_other(users, name):
    with MongoClient(Settings.from_environment({"MONGODB_URI": users[name]}).mongodb_uri) as client:
        own = client[f"xiangzhi_{name}"]
        own.things.insert_one({"_id": "mine"})
        own.things.create_index("when")
        assert own.things.count_documents({}) == 2
        for other in {*SERVICES} - {name}:
            for asked in (
                lambda to: to.find_one(),
                lambda to: to.insert_one({}),
                lambda to: to.create_index("when"),
            ):
                with pytest.raises(OperationFailure, match="not authorized"):
                    asked(client[f"xiangzhi_{other}"].things)
        with pytest.raises(OperationFailure, match="not authorized"):
            client.admin.command("setParameter", 1, minSnapshotHistoryWindowInSeconds=1)


def test_an_operator_reads_everything_and_writes_nothing(users):
    with MongoClient(users["operator"]) as client:
        for name in SERVICES:
            assert client[f"xiangzhi_{name}"].things.find_one({"_id": "there"})
            assert client[f"xiangzhi_{name}"].list_collection_names()
            with pytest.raises(OperationFailure, match="not authorized"):
                client[f"xiangzhi_{name}"].things.insert_one({})
        assert client.admin.command("getParameter", minSnapshotHistoryWindowInSeconds=1)["ok"]


def test_an_operator_takes_a_backup_within_the_history_that_the_database_keeps(users, tmp_path):
    key = pyrage.x25519.Identity.generate()
    told = {**os.environ, "PYTHONPATH": ".", "MONGODB_URI": users["operator"]}
    told |= {"BACKUP_RECIPIENTS": str(key.to_public()), "AMQP_URI": "amqp://127.0.0.1:9"}

    def take(window: str) -> subprocess.CompletedProcess:
        command = [
            sys.executable,
            "-m",
            "services.chassis.backup.take",
            "--to",
            str(tmp_path),
            "--window",
            window,
        ]
        return subprocess.run(command, env=told, capture_output=True, text=True)

    refused = take("3600")
    assert refused.returncode == 2 and "keeps 300 seconds of history" in refused.stderr
    assert list(tmp_path.iterdir()) == []
    done = take("300")
    assert done.returncode == 0, done.stderr
    assert "the broker cannot be asked" in done.stderr
    assert [f"{path}\n" for path in tmp_path.iterdir()] == [done.stdout]


def test_once_more_takes_rights_away_that_are_too_many_and_keeps_passwords(mongod, users, tmp_path):
    for name, address in users.items():
        (tmp_path / name).write_text(address)
    with MongoClient(mongod.uri) as client:
        client.admin.command("grantRolesToUser", "affairs", roles=["readAnyDatabase"])
        done = command(mongod, tmp_path)
        assert (done.returncode, done.stdout.count("was there")) == (0, len(users))
        may = client.admin.command("usersInfo", "affairs")["users"][0]["roles"]
    assert may == [{"role": "readWrite", "db": "xiangzhi_affairs"}]
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == users


def test_who_is_no_administrator_is_told_so(users, tmp_path, mongod):
    done = command(mongod, tmp_path, MONGODB_URI=users["operator"])
    assert done.returncode == 1 and "does not let users be made" in done.stderr
    assert ODD not in done.stderr and "not authorized" in done.stderr


def test_a_database_that_cannot_prove_its_name_is_refused(mongod, tmp_path):
    foreign = make_authority(tmp_path / "both.pem", "localhost")
    for host, believed in (("127.0.0.1", mongod.certificate), ("localhost", foreign)):
        address = mongod.address(host=host, tls=f"tls=true&tlsCAFile={believed}")
        refused = pytest.raises(ServerSelectionTimeoutError, match=r"certificate|CERTIFICATE")
        with MongoClient(address, serverSelectionTimeoutMS=500) as client, refused:
            client.admin.command("ping")
