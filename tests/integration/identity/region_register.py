"""The shipped divisions, loaded."""

import io
import secrets

from services.chassis.contracts import import_all
from services.chassis.load import Report
from services.identity.regions import loader
from services.identity.regions.source import DATA
from services.identity.regions.store import RegionStore


def loaded(database, folder=DATA) -> Report:
    """Load the divisions as a start does; gives the report."""
    report = Report("regions", io.StringIO())
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
