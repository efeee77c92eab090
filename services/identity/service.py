"""The identity service: its endpoints, listeners and timers; what they are wired to stands in wiring.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.events.registry import import_all
from services.civic.civic_service import CivicService
from services.civic.settings import CivicSettings
from services.identity.access.guest_access.listeners import GuestAccessListeners
from services.identity.access.guest_access.rpc import GuestAccessEndpoints
from services.identity.access.guest_access.timers import GuestAccessTimers
from services.identity.access.sessions.listeners import SessionListeners
from services.identity.access.sessions.rpc import SessionEndpoints
from services.identity.access.verification_codes.rpc import VerificationCodeEndpoints
from services.identity.access.wechat.listeners import WechatListeners
from services.identity.access.wechat.rpc import WechatEndpoints
from services.identity.divisions.contacts.rpc import ContactEndpoints
from services.identity.divisions.crosswalks.listeners import CrosswalkListeners
from services.identity.divisions.crosswalks.rpc import CrosswalkEndpoints
from services.identity.divisions.edition_switches.listeners import EditionSwitchListeners
from services.identity.divisions.edition_switches.rpc import EditionSwitchEndpoints
from services.identity.divisions.edition_switches.timers import EditionSwitchTimers
from services.identity.divisions.regions.listeners import RegionListeners
from services.identity.divisions.regions.rpc import RegionEndpoints
from services.identity.migrations import MIGRATIONS
from services.identity.notices.messages.rpc import MessageEndpoints
from services.identity.notices.notifications.listeners import NoticeListeners
from services.identity.notices.notifications.rpc import NoticeEndpoints
from services.identity.notices.preferences.rpc import PreferenceEndpoints
from services.identity.officials.absences.listeners import AbsenceListeners
from services.identity.officials.absences.rpc import AbsenceEndpoints
from services.identity.officials.absences.timers import AbsenceTimers
from services.identity.officials.digests.listeners import DigestListeners
from services.identity.officials.digests.timers import DigestTimers
from services.identity.officials.duties.rpc import DutyEndpoints
from services.identity.officials.invitations.listeners import InvitationListeners
from services.identity.officials.invitations.rpc import InvitationEndpoints
from services.identity.officials.invitations.timers import InvitationTimers
from services.identity.officials.staff.rpc import StaffEndpoints
from services.identity.people.coverage.listeners import CoverageListeners
from services.identity.people.coverage.rpc import CoverageEndpoints
from services.identity.people.coverage.timers import CoverageTimers
from services.identity.people.households.listeners import HouseholdListeners
from services.identity.people.households.rpc import HouseholdEndpoints
from services.identity.people.mandates.files import IdentityFiles
from services.identity.people.mandates.listeners import MandateListeners
from services.identity.people.mandates.rpc import MandateEndpoints
from services.identity.people.mandates.timers import MandateTimers
from services.identity.people.matches.rpc import MatchEndpoints
from services.identity.people.matches.timers import MatchTimers
from services.identity.people.party.rpc import PartyEndpoints
from services.identity.people.recorded.rpc import RecordedEndpoints
from services.identity.people.register.rpc import RegisterEndpoints
from services.identity.people.register.timers import RegisterTimers
from services.identity.people.residents.rpc import ResidentEndpoints
from services.identity.people.residents.timers import ResidentTimers
from services.identity.privacy.consents.rpc import ConsentEndpoints
from services.identity.privacy.erasures.listeners import ErasureListeners
from services.identity.privacy.erasures.rpc import ErasureEndpoints
from services.identity.privacy.erasures.store import finished_erasures
from services.identity.privacy.erasures.timers import ErasureTimers
from services.identity.privacy.export_parts.listeners import IdentityExportParts
from services.identity.privacy.exports.listeners import ExportListeners
from services.identity.privacy.exports.rpc import ExportEndpoints
from services.identity.privacy.exports.timers import ExportTimers
from services.identity.privacy.unmaskings.rpc import UnmaskingEndpoints
from services.identity.subscribers.accounts.rpc import DepartmentAccountEndpoints
from services.identity.subscribers.departments.listeners import DepartmentListeners
from services.identity.subscribers.departments.rpc import DepartmentEndpoints
from services.identity.subscribers.departments.store import names_by_stream
from services.identity.subscribers.departments.timers import DepartmentTimers
from services.identity.subscribers.feed.listeners import FeedListeners
from services.identity.subscribers.feed.rpc import FeedEndpoints
from services.identity.subscribers.webhooks.rpc import WebhookEndpoints
from services.identity.wiring.wiring import Wiring

if TYPE_CHECKING:
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.civic.editions.relocation import RelocatedStores
    from services.identity.access.sessions.proofs_of_work import ProofsOfWork
    from services.identity.access.sessions.tokens import Tokens
    from services.identity.divisions.crosswalks.store import CrosswalkStore
    from services.identity.divisions.regions.store import Divisions
    from services.identity.divisions.regions.views import Villages
    from services.identity.notices.messages.texting import Texting
    from services.identity.officials.absences.store import AbsenceStore
    from services.identity.officials.staff.store import OfficialStore
    from services.identity.people.coverage.store import CoverageStore
    from services.identity.people.households.store import HouseholdStore
    from services.identity.people.party.store import PartyMemberStore, PartyUnitStore
    from services.identity.people.residents.store import ResidentStore
    from services.identity.privacy.consents.catalogue import PurposeCatalogue
    from services.identity.privacy.erasures.store import ErasureStore
    from services.identity.subscribers.departments.store import DepartmentStore
    from services.identity.subscribers.departments.streams import DepartmentStreams
    from services.identity.subscribers.feed.delivery import DepartmentDelivery
    from services.identity.subscribers.feed.store import Feed
    from services.identity.subscribers.webhooks.addresses import Addresses
    from services.identity.wiring.accounts import Accounts
    from services.identity.wiring.appointing import Appointing
    from services.identity.wiring.channels import Channels
    from services.identity.wiring.edition_switch import IdentityEditionSwitch
    from services.identity.wiring.persons import KnownPersons, Villagers
    from services.identity.wiring.registrations import Registrations
    from services.identity.wiring.subscriptions import Applications, Subscriptions

import_all()


class Service(
    RegionEndpoints,
    ContactEndpoints,
    CrosswalkEndpoints,
    EditionSwitchEndpoints,
    ResidentEndpoints,
    UnmaskingEndpoints,
    RegisterEndpoints,
    MatchEndpoints,
    StaffEndpoints,
    InvitationEndpoints,
    AbsenceEndpoints,
    DutyEndpoints,
    SessionEndpoints,
    VerificationCodeEndpoints,
    GuestAccessEndpoints,
    WechatEndpoints,
    NoticeEndpoints,
    MessageEndpoints,
    PreferenceEndpoints,
    ConsentEndpoints,
    ErasureEndpoints,
    ExportEndpoints,
    DepartmentEndpoints,
    DepartmentAccountEndpoints,
    FeedEndpoints,
    WebhookEndpoints,
    HouseholdEndpoints,
    RecordedEndpoints,
    CoverageEndpoints,
    PartyEndpoints,
    NoticeListeners,
    RegionListeners,
    CrosswalkListeners,
    EditionSwitchListeners,
    DepartmentListeners,
    FeedListeners,
    InvitationListeners,
    AbsenceListeners,
    SessionListeners,
    GuestAccessListeners,
    WechatListeners,
    ErasureListeners,
    ExportListeners,
    IdentityExportParts,
    DigestListeners,
    ResidentTimers,
    DepartmentTimers,
    ErasureTimers,
    GuestAccessTimers,
    ExportTimers,
    DigestTimers,
    CoverageListeners,
    HouseholdListeners,
    CoverageTimers,
    MandateEndpoints,
    MandateListeners,
    MandateTimers,
    IdentityFiles,
    RegisterTimers,
    MatchTimers,
    EditionSwitchTimers,
    InvitationTimers,
    AbsenceTimers,
    Wiring,
    CivicService,
):
    """Everything that identity answers and hears."""

    name = "identity"
    settings = CivicSettings
    senders = ("identity-dispatcher", "identity-webhooks", "identity-messages")
    """The processes beside its relay that send on; each writes under this name that it works."""

    if TYPE_CHECKING:
        # what fills the ports, so that it is checked against each capability that asks for it
        appointing: Appointing
        delivery: DepartmentDelivery
        departments: DepartmentStore
        divisions: Divisions
        erasures: ErasureStore
        feed: Feed
        following: RelocatedStores
        absences: AbsenceStore
        moving: IdentityEditionSwitch
        officials: OfficialStore
        party_members: PartyMemberStore
        party_units: PartyUnitStore
        people: Accounts
        privacy_notice: PurposeCatalogue
        reach: Channels
        residents: ResidentStore
        count_application: Applications
        proofs: ProofsOfWork
        count_registration: Registrations
        streams: DepartmentStreams
        subscriptions: Subscriptions
        crosswalks: CrosswalkStore
        texting: Texting
        tokens: Tokens
        webhook_addresses: Addresses
        coverage: CoverageStore
        known_persons: KnownPersons
        villagers: Villagers
        households: HouseholdStore
        villages: Villages
        moves: CodeCrosswalk

    migrations = MIGRATIONS
    stream_readers = staticmethod(names_by_stream)
    noted_in_backups = staticmethod(finished_erasures)
