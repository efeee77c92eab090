"""What a made-up county begins with, and the indexes over what was made of it."""

import importlib
from datetime import UTC, datetime

from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.core.secrets import Passwords
from services.chassis.runtime.declare import create_indexes
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.divisions.regions.source import COUNTY
from services.identity.divisions.regions.store import Divisions
from services.integrity.reports.categories.model import DEPTH
from tests.county.people import PASSWORD
from tests.county.scene import SERVICES, County
from tests.county.size import Size
from tests.county.takes_applications import WHERE

SEED = 20261122
MATTERS = 60


def county_of(settings: CivicSettings, size: Size) -> County:
    """Give what all lives share; divisions, matters and categories must be loaded."""
    with_materials = MatterStore(connect(settings, "affairs")).documents
    matters = with_materials.find({**WHERE, "materials.1": {"$exists": True}}).sort("source_code", 1)
    divisions = Divisions(connect(settings, "identity")).of_edition(COUNTY["code"], COUNTY["edition"])
    codes = [one.region for one in divisions if one.level == "village"]
    leaves = connect(settings, "integrity").categories.find({"level": DEPTH}).sort("order", 1).limit(100)
    return County(
        villages=tuple(codes[:: max(1, len(codes) // size.villages)][: size.villages]),
        matters=tuple(
            MatterStore(connect(settings, "affairs")).from_document(m) for m in matters.limit(MATTERS)
        ),
        leaves=tuple((leaf["_id"], leaf["full_name"]) for leaf in leaves),
        password_hash=Passwords().hash(PASSWORD),
        settings=settings,
        now=datetime.now(UTC).replace(microsecond=0),
        seed=SEED,
    )


def index(settings: CivicSettings) -> None:
    """Build every index that the services declare: over what is there, which is faster than with each document."""
    for service in SERVICES:
        create_indexes(
            connect(settings, service),
            settings,
            importlib.import_module(f"services.{service}.service").Service,
        )
