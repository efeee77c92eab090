"""A small county in databases of its own, made once for all tests here, and its services in this process."""

import secrets
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pymongo import MongoClient

from services.chassis.runtime.load import main as load
from services.chassis.storage.database import ServiceDatabase
from services.civic.settings import CivicSettings
from tests.county.founding import county_of, index
from tests.county.lives import REFERENCE, chunk_of
from tests.county.scene import SERVICES, County
from tests.county.size import Size
from tests.integration.queries.asking import Asking
from tests.integration.queries.claims import make_claims
from tests.integration.queries.coverage import make_coverage
from tests.integration.queries.departments import make_departments
from tests.integration.queries.discrepancies import make_discrepancies
from tests.integration.queries.divisions import make_adoptions, make_tables
from tests.integration.queries.explaining import Watch
from tests.integration.queries.hosting import hosted
from tests.integration.queries.households import make_households
from tests.integration.queries.leaves import make_leaves
from tests.integration.queries.mandates import make_mandates
from tests.integration.queries.matters import make_a_draft, make_imports
from tests.integration.queries.party import make_party
from tests.integration.queries.powers import make_powers
from tests.integration.queries.recorded import make_recorded
from tests.integration.queries.registers import make_register
from tests.integration.queries.rotas import make_rotas
from tests.integration.queries.visitors import make_visitors

SIZE = Size(
    villages=6,
    people=3_000,
    certified=1_800,
    rejected=100,
    applications=1_500,
    listings=300,
    orders=600,
    reports=600,
    sessions=200,
)


@dataclass
class Made:
    """The county, its databases as an operator sees them and as they are watched, and its services on the latter."""

    county: County
    databases: dict
    watched: dict
    services: dict
    watch: Watch


@pytest.fixture(scope="session")
def made(addresses, tmp_path_factory):
    prefix = f"test_{secrets.token_hex(6)}"
    settings = CivicSettings(
        mongodb_uri=addresses["MONGODB_URI"],
        database_prefix=prefix,
        identity_hash_key=b"i" * 32,
        master_key=b"m" * 96,
        receipt_key=b"r" * 32,
        signing_key_file=str(_signing_key(tmp_path_factory.mktemp("key") / "key.pem")),
        payment_url="http://127.0.0.1:9",
        payment_secret="secret",
        sms_url="http://127.0.0.1:9",
        sms_secret="secret",
        wechat_app_id="wx-queries",
        wechat_app_secret="secret",
        rabbitmq_management_uri="http://guest:guest@127.0.0.1:9",
    )
    watch = Watch()
    plain = MongoClient(settings.mongodb_uri, tz_aware=True)
    watched = MongoClient(settings.mongodb_uri, tz_aware=True, event_listeners=[watch])
    databases = {service: ServiceDatabase(plain, f"{prefix}_{service}", settings) for service in SERVICES}
    try:
        county = _fill(settings, databases)
        index(settings)
        seen = {service: ServiceDatabase(watched, f"{prefix}_{service}", settings) for service in SERVICES}
        for service, database in seen.items():
            # its few data keys are read whole, by no index: not what is explained here
            database.vault = databases[service].vault
        services = {service: hosted(service, seen[service], settings) for service in SERVICES}
        yield Made(county, databases, seen, services, watch)
    finally:
        for database in databases.values():
            plain.drop_database(database.name)
        plain.close()
        watched.close()


def _fill(settings: CivicSettings, databases: dict) -> County:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONGODB_URI", settings.mongodb_uri)
        patch.setenv("DATABASE_PREFIX", settings.database_prefix)
        assert load([]) == 0
    county = county_of(settings, SIZE)
    taken = [1]

    def positions(count: int) -> int:
        taken[0] += count
        return taken[0] - count

    for chunk in (REFERENCE, *range(SIZE.chunks)):
        made = chunk_of(county, SIZE, chunk, positions)
        for service, collections in made.items():
            for name, documents in collections.items():
                databases[service][name].insert_many(documents)
    make_a_draft(databases["affairs"])
    make_imports(databases["affairs"])
    make_claims(databases["market"])
    make_discrepancies(databases["market"])
    make_powers(databases["integrity"])
    make_departments(databases["identity"])
    make_households(databases["identity"])
    make_coverage(databases["identity"])
    make_party(databases["identity"])
    make_mandates(databases["identity"])
    make_register(databases["identity"])
    make_tables(databases["identity"])
    make_adoptions(databases["identity"])
    make_leaves(databases["identity"])
    make_rotas(databases["identity"])
    make_recorded(databases["identity"], list(county.villages))
    make_visitors(databases["identity"], list(county.villages))
    return county


def _signing_key(path):
    pem = Ed25519PrivateKey.generate().private_bytes(
        form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    )
    path.write_bytes(pem)
    return path


@pytest.fixture(scope="session")
def asking(made) -> Asking:
    """What everybody may ask in the made-up county; whoever it needs besides is made once."""
    return Asking(made)
