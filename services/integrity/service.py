"""The service `integrity`: which endpoints and listeners it has, and what they work with."""

from services.chassis.events.registry import import_all
from services.chassis.storage.dependency_provider import Provided
from services.civic.civic_service import CivicService
from services.civic.settings import CivicSettings
from services.integrity.civic.listeners import IntegrityCivic
from services.integrity.civic.store import CertifiedPeople, Places
from services.integrity.migrations import MIGRATIONS
from services.integrity.openness.powers.rpc import PowerDeskEndpoints, PowerEndpoints
from services.integrity.reports.cases.model import Deadlines
from services.integrity.reports.cases.rpc import CommitteeEndpoints, ReporterEndpoints
from services.integrity.reports.categories.rpc import CategoryEndpoints
from services.integrity.reports.categories.store import CategoryStore
from services.integrity.reports.receipts.store import Receipts

import_all()


class Service(
    CategoryEndpoints,
    ReporterEndpoints,
    CommitteeEndpoints,
    PowerEndpoints,
    PowerDeskEndpoints,
    IntegrityCivic,
    CivicService,
):
    """Everything that integrity answers and hears."""

    name = "integrity"
    settings = CivicSettings
    migrations = MIGRATIONS

    # what reports and powers ask of others in their ports
    people: CertifiedPeople
    places: Places
    categories: CategoryStore

    receipts = Provided(Receipts)
    deadlines = Deadlines()
