"""What every test can ask for: the addresses of the real broker and database, and a database of its own."""

import os
import secrets
from pathlib import Path

import pytest
from pymongo import MongoClient

from services.chassis.contracts import import_all
from services.chassis.database import ServiceDatabase
from services.chassis.settings import Settings

SETTINGS = Settings(identity_hash_key=b"h" * 32, master_key=b"m" * 96)
TESTS = Path(__file__).parent
SHARED = ("e2e/test_authorization.py", "e2e", "integration/queries")
"""A running platform, of which the matrix of all routes has one of its own; and a made-up county."""
NAMES = ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Keep together, in one process of several, what shares what is costly to make; first, for xdist reads it in the same hook."""
    for item in items:
        path = item.path.relative_to(TESTS)
        item.add_marker(
            pytest.mark.xdist_group(next((one for one in SHARED if path.is_relative_to(one)), str(path)))
        )


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


@pytest.fixture
def database(mongo):
    """A fresh database with a vault, gone after the test; all events are declared."""
    import_all()
    name = f"test_{secrets.token_hex(6)}"
    yield ServiceDatabase(mongo, name, SETTINGS)
    mongo.drop_database(name)
