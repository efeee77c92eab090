"""The service `integrity`: which endpoints and listeners it has, and what they work with."""

from services.chassis.events.registry import import_all
from services.chassis.storage.dependency_provider import Provided
from services.civic.civic_service import CivicService
from services.civic.editions.relocation import RelocatedStores
from services.integrity.civic import inventory
from services.integrity.civic.divisions.listeners import PlaceListeners
from services.integrity.civic.divisions.store import Places
from services.integrity.civic.export_parts.listeners import ExportPartListeners
from services.integrity.civic.export_parts.rpc import ExportPartEndpoints
from services.integrity.civic.people.listeners import PeopleListeners
from services.integrity.civic.people.store import People
from services.integrity.reports.cases.model import Deadlines
from services.integrity.reports.cases.rpc import CommitteeEndpoints, ReporterEndpoints
from services.integrity.reports.cases.store import ReportStore
from services.integrity.reports.categories.rpc import CategoryEndpoints
from services.integrity.reports.categories.store import CategoryStore
from services.integrity.reports.receipts.store import Receipts

import_all()


class Service(
    CategoryEndpoints,
    ReporterEndpoints,
    CommitteeEndpoints,
    ExportPartEndpoints,
    PeopleListeners,
    PlaceListeners,
    ExportPartListeners,
    CivicService,
):
    """Everything that integrity answers and hears."""

    name = "integrity"

    # what reports ask of others in their ports
    people: People
    places: Places
    categories: CategoryStore

    following = Provided(RelocatedStores.of(ReportStore))
    held_of_a_person = inventory.HELD

    receipts = Provided(Receipts)
    deadlines = Deadlines()
