"""The affairs service: its endpoints and listeners, and what they are wired to."""

from services.affairs.civic.listeners import AffairsCivic
from services.affairs.civic.rpc import AffairsObstacleEndpoints
from services.affairs.matters.applications.clock_rpc import ClockEndpoints
from services.affairs.matters.applications.desk_rpc import DeskEndpoints
from services.affairs.matters.applications.file_rpc import ApplicationFileEndpoints
from services.affairs.matters.applications.listeners import ClerkListeners, ReviewedListeners
from services.affairs.matters.applications.rpc import ApplicationEndpoints
from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.applications.timers import ApplicationTimers
from services.affairs.matters.applications.verification_rpc import VerificationEndpoints
from services.affairs.matters.catalogue.bulk.clock import MatterSheetTimers
from services.affairs.matters.catalogue.bulk.endpoints import MatterSheetEndpoints
from services.affairs.matters.catalogue.rpc import MatterEndpoints
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.timers import MatterTimers
from services.affairs.matters.catalogue.versions import VersionStore
from services.affairs.matters.fitting.listeners import FittingListeners
from services.affairs.matters.fitting.rpc import FittingEndpoints
from services.affairs.matters.ratings.listeners import RatingListeners
from services.affairs.matters.ratings.rpc import RatingEndpoints
from services.affairs.matters.ratings.timers import RatingTimers
from services.affairs.matters.results.rpc import ResultEndpoints
from services.affairs.matters.results.timers import ResultTimers
from services.affairs.matters.reusable_papers.listeners import ReusablePaperListeners
from services.affairs.matters.reusable_papers.rpc import ReusablePaperEndpoints
from services.affairs.matters.reusable_papers.store import ReusablePaperStore
from services.affairs.matters.reviews.listeners import ReviewListeners
from services.affairs.matters.reviews.rpc import ReviewEndpoints
from services.affairs.matters.reviews.timers import ReviewTimers
from services.affairs.matters.sentences.rpc import SentenceEndpoints
from services.affairs.matters.working_calendars.county_calendars import CountyCalendars
from services.affairs.matters.working_calendars.rpc import WorkingCalendarEndpoints
from services.affairs.migrations import MIGRATIONS
from services.chassis.events.registry import import_all
from services.civic.civic_service import CivicService
from services.civic.people import People
from services.civic.settings import CivicSettings

import_all()


class Service(
    MatterEndpoints,
    MatterTimers,
    MatterSheetEndpoints,
    MatterSheetTimers,
    ApplicationEndpoints,
    DeskEndpoints,
    ClockEndpoints,
    ApplicationFileEndpoints,
    VerificationEndpoints,
    ApplicationTimers,
    ClerkListeners,
    ReviewedListeners,
    ReusablePaperEndpoints,
    ReusablePaperListeners,
    ResultEndpoints,
    ResultTimers,
    RatingEndpoints,
    RatingListeners,
    RatingTimers,
    ReviewEndpoints,
    ReviewListeners,
    ReviewTimers,
    FittingEndpoints,
    FittingListeners,
    SentenceEndpoints,
    WorkingCalendarEndpoints,
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
    reusable_papers: ReusablePaperStore

    # what papers that are used again, and results, ask of applications and the catalogue
    applications: ApplicationStore
    matter_versions: VersionStore

    # by which everything here counts its terms
    working_days: CountyCalendars
