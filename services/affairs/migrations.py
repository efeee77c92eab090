"""What affairs keeps otherwise than the version before did."""

from pymongo.database import Database

from services.affairs.matters.applications import clock_from_before, desk_from_before
from services.affairs.matters.catalogue.spoken import spoken_names
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.runtime.migrations import Migration
from services.chassis.storage.ngram_search import FIELDS
from services.civic.search_keys import computed_anew


def _with_spoken_names(database: Database, document: dict) -> dict:
    matters = MatterStore(database)
    matter = matters.from_document(document)
    matter.spoken = spoken_names(matter.name)
    saved = matters.to_document(matter)
    return {name: saved[name] for name in (*FIELDS, "spoken")}


MIGRATIONS = (
    computed_anew(1, MatterStore.collection, _with_spoken_names),
    # processes of 0.1.0 write applications without it
    Migration(
        2,
        "applications on the desk",
        "applications",
        desk_from_before.NOT_ON_THE_DESK,
        desk_from_before.brought,
        repeat=True,
    ),
    Migration(
        3,
        "applications on the clock",
        "applications",
        clock_from_before.NOT_ON_THE_CLOCK,
        clock_from_before.brought,
        repeat=True,
    ),
)
