"""Everything of identity that holds something of a person, in the order in which a copy shows it; what each does, its store says."""

from services.civic.capability import store_of
from services.civic.files.store import FileStore
from services.civic.privacy.data_subject_export import ExportPartStore
from services.civic.privacy.personal_data_stores import PersonalDataStores
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.sessions.store import SessionStore
from services.identity.access.verification_codes.store import VerificationCodeStore
from services.identity.access.wechat.store import WechatBindingStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.officials.digests.store import Waiting
from services.identity.people.coverage.store import CoverageStore
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.matches.store import MatchStore
from services.identity.people.party.store import PartyMemberStore
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.consents.store import ConsentStore
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.store import Feed
from services.identity.subscribers.webhooks.store import AttemptStore

held_of_a_person = PersonalDataStores.of(
    ResidentStore, SessionStore, WechatBindingStore, ConsentStore, UnmaskingStore, DepartmentDisclosures, HouseholdStore, MandateStore,
    PartyMemberStore, MatchStore, MessageStore, NoticeStore, VisitorStore, PreferenceStore, ErasureStore, ExportStore,
    store_of("identity", FileStore),
    # not shown
    VerificationCodeStore, Papers, ActStore, Waiting, CoverageStore, Feed, AttemptStore,
    store_of("identity", ExportPartStore),
)  # fmt: skip
