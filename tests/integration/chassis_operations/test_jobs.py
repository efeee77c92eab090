"""What a release runs once, as Jobs: two at once do no harm, and their exit codes say whether it is done."""

import os
import secrets
import subprocess
import sys
from types import SimpleNamespace

import pytest
from pymongo import MongoClient

from services.chassis.amqp import management, transport
from services.chassis.runtime import declare, load
from tests.conftest import SETTINGS

NOWHERE = "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200&connectTimeoutMS=200"


@pytest.fixture
def told(addresses):
    """A virtual host and databases of a release's own."""
    own = f"jobs_{secrets.token_hex(4)}"
    management.ask(addresses["RABBITMQ_MANAGEMENT_URI"], "PUT", f"vhosts/{own}")
    environment = {
        **addresses,
        "AMQP_URI": transport.in_virtual_host(addresses["AMQP_URI"], own),
        "DATABASE_PREFIX": own,
        "MASTER_KEY": "bW1t" * 32,
        "IDENTITY_HASH_KEY": "a" * 43 + "=",
        "RECEIPT_KEY": "a" * 43 + "=",
        "PYTHONPATH": ".",
    }
    yield {**os.environ, **environment}
    management.ask(addresses["RABBITMQ_MANAGEMENT_URI"], "DELETE", f"vhosts/{own}")
    with MongoClient(addresses["MONGODB_URI"]) as client:
        for name in client.list_database_names():
            if name.startswith(own):
                client.drop_database(name)


def begun(told, module, *arguments) -> subprocess.Popen:
    pipe = subprocess.PIPE
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    return subprocess.Popen(command, env=told, stdout=pipe, stderr=pipe, text=True)


def test_two_declares_at_once_both_succeed(told):
    both = [begun(told, declare.__name__) for _ in range(2)]
    ends = [one.communicate(timeout=120) for one in both]
    assert [(one.returncode, end[1]) for one, end in zip(both, ends, strict=True)] == [(0, "")] * 2
    assert [len(end[0].splitlines()) for end in ends] == [4, 4]


def test_a_collection_that_another_declare_makes_in_between_is_no_failure(database, monkeypatch):
    nothing = type("Nothing", (), {"name": "nothing"})
    declare.create_indexes(database, SETTINGS, nothing)
    monkeypatch.setattr(type(database), "list_collection_names", lambda self: [])
    assert declare.create_indexes(database, SETTINGS, nothing) == len(declare.CHASSIS_COLLECTIONS)


@pytest.mark.parametrize("module", [declare.__name__, load.__name__])
@pytest.mark.parametrize(
    ("wrong", "code", "says"),
    [
        ({"MONGODB_URI": NOWHERE}, 1, "MongoDB cannot be used"),
        ({"MASTER_KEY": "bW1t"}, 2, "MASTER_KEY must be"),
    ],
)
def test_what_is_away_is_tried_again_and_what_is_wrong_is_named(told, module, wrong, code, says):
    ended = begun({**told, **wrong}, module)
    said = ended.communicate(timeout=120)[1]
    assert (ended.returncode, says in said, "Traceback" in said) == (code, True, False)


def test_a_refused_row_is_told_by_the_exit_code_and_stops_no_other(monkeypatch, capsys, told):
    seen = []

    def loading(database, settings, report):
        report.count("new")
        report.refuse("things.csv", 3, "no code")
        seen.append(database.name)

    monkeypatch.setattr(load, "import_module", lambda name: SimpleNamespace(load=loading))
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert load.main(["affairs", "integrity"]) == 1
    loaded = [service for service in ("affairs", "integrity") for _ in load.loaders(service)]
    assert f"{len(loaded)} rows were refused, everything else is loaded" in capsys.readouterr().err
    assert [name.rpartition("_")[2] for name in seen] == loaded
    assert set(loaded) == {"affairs", "integrity"}


def test_shipped_data_has_no_row_that_is_refused(told):
    assert begun(told, declare.__name__).wait(120) == 0
    loading = begun(told, load.__name__, "affairs", "integrity")
    said = loading.communicate(timeout=120)[1]
    assert (loading.returncode, "refused" in said) == (0, False)
