"""The service `integrity`: which doors and listeners it has, and what they work with."""

from services.chassis.contracts import import_all
from services.chassis.following import Followers
from services.chassis.uses import Uses
from services.integrity import holdings
from services.integrity.categories.rpc import CategoryDoors
from services.integrity.people.listeners import PeopleListeners
from services.integrity.places.listeners import PlaceListeners
from services.integrity.portions.listeners import PortionListeners
from services.integrity.portions.rpc import PortionDoors
from services.integrity.receipts.store import Receipts
from services.integrity.reports.model import Deadlines
from services.integrity.reports.rpc import CommitteeDoors, ReporterDoors
from services.integrity.reports.store import ReportStore

import_all()


class Service(
    CategoryDoors,
    ReporterDoors,
    CommitteeDoors,
    PortionDoors,
    PeopleListeners,
    PlaceListeners,
    PortionListeners,
):
    """Everything that integrity answers and hears."""

    name = "integrity"

    following = Uses(Followers.of(ReportStore))
    held_of_a_person = holdings.HELD

    receipts = Uses(Receipts)
    deadlines = Deadlines()
