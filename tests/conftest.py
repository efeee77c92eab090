"""What every test can ask for: the addresses of the real broker and database, and a database of its own."""

import logging
import os
import secrets

import pytest
from hypothesis import settings
from pymongo import MongoClient

from services.chassis.events.registry import import_all
from services.chassis.storage.database import ServiceDatabase
from services.civic.settings import CivicSettings
from tests.sharing import BySharing, rank

# how long an example takes is the machine's business
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
SETTINGS = CivicSettings(identity_hash_key=b"h" * 32, master_key=b"m" * 96)
NAMES = ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")


def pytest_xdist_make_scheduler(config, log):
    """Let each of several processes take whole groups of tests."""
    return BySharing(config, log)


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest, where several processes share the work."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: rank(item.nodeid.partition("::")[0]))


def pytest_runtest_setup():
    """Let every test hear what the services log, at whatever level an application of another test speaks."""
    logging.getLogger("services").setLevel(logging.INFO)


@pytest.fixture(scope="session")
def addresses() -> dict[str, str]:
    """The throw-away broker and database that `make test` started."""
    missing = [name for name in NAMES if not os.environ.get(name)]
    if missing:
        pytest.fail(f"{', '.join(missing)} not set: run the tests with `make test`")
    return {name: os.environ[name] for name in NAMES}


@pytest.fixture(scope="session")
def mongo(addresses) -> MongoClient:
    """One client for the tests themselves."""
    client = MongoClient(addresses["MONGODB_URI"], tz_aware=True)
    yield client
    client.close()


@pytest.fixture(scope="module")
def database_of_file(mongo) -> str:
    """The name of a database for the tests of one file: to make all indexes anew would take longer than most tests."""
    name = f"test_{secrets.token_hex(6)}"
    yield name
    mongo.drop_database(name)


@pytest.fixture
def database(mongo, database_of_file):
    """An empty database with a vault, emptied after the test; all events are declared."""
    import_all()
    yield ServiceDatabase(mongo, database_of_file, SETTINGS)
    for name in mongo[database_of_file].list_collection_names(
        filter={"name": {"$not": {"$regex": "^system"}}}
    ):
        mongo[database_of_file][name].delete_many({})
