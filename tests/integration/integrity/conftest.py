"""Fixtures: integrity's doors on a fresh database with the taxonomy and some divisions."""

import secrets

import pytest

from services.chassis.runtime.declare import create_indexes
from services.chassis.runtime.load import LoadReport
from services.civic.settings import CivicSettings
from services.integrity.reports.categories import loader
from services.integrity.service import Service
from tests.integration.integrity.endpoints import COUNTY, ELSEWHERE, KEY, TOWN, VILLAGE, Integrity


@pytest.fixture(scope="session")
def taxonomy(mongo):
    """The loaded categories as documents: loading them for every test would take most of its time."""
    database = mongo[f"test_taxonomy_{secrets.token_hex(6)}"]
    loader.load(database, None, LoadReport("categories"))
    yield list(database.categories.find())
    mongo.drop_database(database.name)


@pytest.fixture
def integrity(database, taxonomy):
    create_indexes(database, CivicSettings(receipt_key=KEY), Service)
    database.categories.insert_many(taxonomy)
    service = Integrity(database)
    for sequence, code in enumerate((COUNTY, TOWN, VILLAGE, ELSEWHERE), 1):
        service.places.learn(f"2019-{code}", sequence, {"code": code, "edition": "2019"})
    return service
