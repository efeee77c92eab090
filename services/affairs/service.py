"""The affairs service: its endpoints and listeners, and what they are wired to."""

from services.affairs.civic.listeners import AffairsCivic
from services.affairs.civic.rpc import AffairsObstacleEndpoints
from services.affairs.matters.applications.desk_rpc import DeskEndpoints
from services.affairs.matters.applications.listeners import ClerkListeners
from services.affairs.matters.applications.rpc import ApplicationEndpoints
from services.affairs.matters.catalogue.rpc import MatterEndpoints
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.timers import MatterTimers
from services.affairs.matters.sentences.rpc import SentenceEndpoints
from services.affairs.migrations import MIGRATIONS
from services.chassis.events.registry import import_all
from services.chassis.storage.dependency_provider import Provided
from services.civic.civic_service import CivicService
from services.civic.people import People
from services.civic.settings import CivicSettings
from services.civic.working_days import published_working_days

import_all()


class Service(
    MatterEndpoints,
    MatterTimers,
    ApplicationEndpoints,
    DeskEndpoints,
    ClerkListeners,
    SentenceEndpoints,
    AffairsObstacleEndpoints,
    AffairsCivic,
    CivicService,
):
    """Everything that affairs answers and hears; applications use the service's own matters and people."""

    name = "affairs"
    settings = CivicSettings
    migrations = MIGRATIONS

    # what applications ask of others in their ports
    people: People
    matters: MatterStore

    working_days = Provided(lambda database: published_working_days())
