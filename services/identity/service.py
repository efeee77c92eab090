"""The identity service: its doors, listeners and timers; what they are wired to stands in wiring.py."""

from services.chassis.contracts import import_all
from services.identity import holdings
from services.identity.adoptions.listeners import AdoptionListeners
from services.identity.adoptions.rpc import AdoptionDoors
from services.identity.adoptions.timers import AdoptionTimers
from services.identity.codes.rpc import CodeDoors
from services.identity.consents.rpc import ConsentDoors
from services.identity.coverage.listeners import CoverageListeners
from services.identity.coverage.rpc import CoverageDoors
from services.identity.coverage.timers import CoverageTimers
from services.identity.departments.listeners import DepartmentListeners
from services.identity.departments.rpc import DepartmentDoors
from services.identity.departments.timers import DepartmentTimers
from services.identity.digests.listeners import DigestListeners
from services.identity.digests.timers import DigestTimers
from services.identity.disclosures.rpc import DisclosureDoors
from services.identity.duties.rpc import DutyDoors
from services.identity.erasures.listeners import ErasureListeners
from services.identity.erasures.rpc import ErasureDoors
from services.identity.erasures.timers import ErasureTimers
from services.identity.exports.listeners import ExportListeners
from services.identity.exports.rpc import ExportDoors
from services.identity.exports.timers import ExportTimers
from services.identity.feed.listeners import FeedListeners
from services.identity.feed.rpc import FeedDoors
from services.identity.households.listeners import HouseholdListeners
from services.identity.households.rpc import HouseholdDoors
from services.identity.invitations.listeners import InvitationListeners
from services.identity.invitations.rpc import InvitationDoors
from services.identity.invitations.timers import InvitationTimers
from services.identity.leaves.listeners import LeaveListeners
from services.identity.leaves.rpc import LeaveDoors
from services.identity.leaves.timers import LeaveTimers
from services.identity.mandates.listeners import MandateListeners
from services.identity.mandates.rpc import MandateDoors
from services.identity.mandates.timers import MandateTimers
from services.identity.matches.rpc import MatchDoors
from services.identity.matches.timers import MatchTimers
from services.identity.messages.rpc import MessageDoors
from services.identity.notifications.listeners import NoticeListeners
from services.identity.notifications.rpc import NoticeDoors
from services.identity.party.rpc import PartyDoors
from services.identity.portions.listeners import PortionListeners
from services.identity.portions.rpc import PortionDoors
from services.identity.preferences.rpc import PreferenceDoors
from services.identity.recorded.rpc import RecordedDoors
from services.identity.regions.listeners import RegionListeners
from services.identity.regions.rpc import RegionDoors
from services.identity.register.rpc import RegisterDoors
from services.identity.register.timers import RegisterTimers
from services.identity.residents.rpc import ResidentDoors
from services.identity.residents.timers import ResidentTimers
from services.identity.sessions.listeners import SessionListeners
from services.identity.sessions.rpc import SessionDoors
from services.identity.staff.rpc import StaffDoors
from services.identity.successions.listeners import SuccessionListeners
from services.identity.successions.rpc import SuccessionDoors
from services.identity.visits.listeners import VisitListeners
from services.identity.visits.rpc import VisitDoors
from services.identity.visits.timers import VisitTimers
from services.identity.webhooks.rpc import WebhookDoors
from services.identity.wiring import Wiring

import_all()


class Service(
    RegionDoors,
    SuccessionDoors,
    AdoptionDoors,
    ResidentDoors,
    DisclosureDoors,
    RegisterDoors,
    MatchDoors,
    StaffDoors,
    InvitationDoors,
    LeaveDoors,
    DutyDoors,
    SessionDoors,
    CodeDoors,
    VisitDoors,
    NoticeDoors,
    MessageDoors,
    PreferenceDoors,
    ConsentDoors,
    ErasureDoors,
    ExportDoors,
    PortionDoors,
    DepartmentDoors,
    FeedDoors,
    WebhookDoors,
    HouseholdDoors,
    RecordedDoors,
    CoverageDoors,
    PartyDoors,
    NoticeListeners,
    RegionListeners,
    SuccessionListeners,
    AdoptionListeners,
    DepartmentListeners,
    FeedListeners,
    InvitationListeners,
    LeaveListeners,
    SessionListeners,
    VisitListeners,
    ErasureListeners,
    ExportListeners,
    PortionListeners,
    DigestListeners,
    ResidentTimers,
    DepartmentTimers,
    ErasureTimers,
    VisitTimers,
    ExportTimers,
    DigestTimers,
    CoverageListeners,
    HouseholdListeners,
    CoverageTimers,
    MandateDoors,
    MandateListeners,
    MandateTimers,
    RegisterTimers,
    MatchTimers,
    AdoptionTimers,
    InvitationTimers,
    LeaveTimers,
    Wiring,
):
    """Everything that identity answers and hears."""

    name = "identity"

    held_of_a_person = holdings.HELD
