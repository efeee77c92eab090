"""The shipped divisions, loaded."""

import io
import secrets

from services.chassis.events.registry import import_all
from services.chassis.runtime.load import LoadReport
from services.identity.divisions.regions import loader
from services.identity.divisions.regions.source import DATA
from services.identity.divisions.regions.store import RegionStore


def loaded(database, folder=DATA) -> LoadReport:
    """Load the divisions as a start does; gives the report."""
    report = LoadReport("regions", io.StringIO())
    RegionStore(database).create_indexes()
    loader.load(database, None, report, folder)
    return report


def load_once(mongo):
    """Give a database with the loaded divisions, and drop it when asked again."""
    import_all()
    name = f"test_{secrets.token_hex(6)}"
    loaded(mongo[name])
    yield mongo[name]
    mongo.drop_database(name)
