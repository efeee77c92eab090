"""The service `integrity`: which doors and listeners it has, and what they work with."""

from services.chassis.uses import Uses
from services.integrity.categories.rpc import CategoryDoors
from services.integrity.people.listeners import PeopleListeners
from services.integrity.places.listeners import PlaceListeners
from services.integrity.receipts.store import Receipts
from services.integrity.reports.model import Deadlines
from services.integrity.reports.rpc import CommitteeDoors, ReporterDoors


class Service(CategoryDoors, ReporterDoors, CommitteeDoors, PeopleListeners, PlaceListeners):
    """Everything that integrity answers and hears."""

    name = "integrity"

    receipts = Uses(Receipts)
    deadlines = Deadlines()
