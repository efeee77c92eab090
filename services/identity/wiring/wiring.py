"""What identity's capabilities are wired to: its parts and, for each capability, what another one gives it."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial

from services.chassis.core.calls import utc_now
from services.chassis.core.secrets import Passwords
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.identity.access.guest_access.ports import BeginSession as BeginGuestSession
from services.identity.access.guest_access.ports import EntryChecks, ProvePhone
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.keys import Keys
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import ACCESS_LIFETIME, Tokens
from services.identity.access.sessions.usecases import (
    begin_visit,
    end_all_of,
    must_have_just_signed_in,
)
from services.identity.access.verification_codes import usecases as codes
from services.identity.access.verification_codes.store import VerificationCodeStore
from services.identity.divisions.regions.store import Divisions
from services.identity.divisions.regions.views import Villages
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.notifications import usecases as notifications
from services.identity.notices.notifications.ports import Holders, NoticeTime
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences.ports import ConsentsToMessages
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.digests.ports import TellDigest, WantsDigest
from services.identity.officials.invitations.ports import PasswordIsGood
from services.identity.officials.staff.ports import OneTimePassword
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.households.store import HouseholdStore
from services.identity.people.mandates.ports import NoteLook
from services.identity.people.matches.model import Match
from services.identity.people.matches.store import MatchStore
from services.identity.people.party.store import PartyMemberStore
from services.identity.people.register.lines import Hashes
from services.identity.people.register.store import Entries, ImportStore, RegisterRefusals, RegisterStore
from services.identity.people.register.usecases import Lines
from services.identity.people.residents.model import Resident
from services.identity.people.residents.ports import ConsentsToFitting, HouseholdEntry, InHousehold
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.consents.asking import Consenting
from services.identity.privacy.consents.catalogue import PurposeCatalogue
from services.identity.privacy.consents.ports import RegionOf
from services.identity.privacy.erasures.ports import EndSessions, Forgetful, JustSignedIn
from services.identity.privacy.exports.ports import NoteOwnLook
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.privacy.unmaskings.usecases import note_look_at_paper, note_own_look
from services.identity.subscribers.departments.ports import WebhookOf
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.webhooks.addresses import Addresses
from services.identity.subscribers.webhooks.store import WebhookCursors, WebhookStore
from services.identity.subscribers.webhooks.views import health_of
from services.identity.wiring.accounts import Accounts
from services.identity.wiring.appointing import Appointing
from services.identity.wiring.by_code import ByCode
from services.identity.wiring.by_wechat import ByWechat
from services.identity.wiring.channels import Channels
from services.identity.wiring.edition_switch import IdentityEditionSwitch, following
from services.identity.wiring.local_register import LocalRegister
from services.identity.wiring.office_times import OfficeTimes
from services.identity.wiring.personal_data import held_of_a_person
from services.identity.wiring.persons import KnownPersons, Villagers
from services.identity.wiring.registrations import Registrations
from services.identity.wiring.subscriptions import Applications, Subscriptions


class Wiring(ByCode, ByWechat):
    """Everything that an operation, a listener or a timer of identity names as wired in the service."""

    divisions = Provided(Divisions)
    villages = Provided(Villages)
    known_persons = Provided(KnownPersons)
    villagers = Provided(Villagers)
    moving = Provided(IdentityEditionSwitch)
    moves = Provided(CodeCrosswalk)
    following = Provided(following)
    held_of_a_person = Provided(held_of_a_person)
    people = Provided(Accounts)
    appointing = Provided(Appointing)
    office_times = Provided(OfficeTimes)
    keys = Provided(Keys)
    reach = Provided(Channels)
    consenting = Provided(Consenting)
    passwords = Provided(lambda database: Passwords())
    subscriptions = Provided(Subscriptions)
    post_rest = ACCESS_LIFETIME + timedelta(minutes=1)
    webhook_addresses = Provided(Addresses)
    count_application = Provided(Applications)
    count_registration = Provided(Registrations)

    # what the endpoints declare
    residents: ResidentStore
    officials: OfficialStore
    absences: AbsenceStore
    sessions: SessionStore
    attempts: Attempts
    tokens: Tokens
    codes: VerificationCodeStore
    visitors: VisitorStore
    notices: NoticeStore
    messages: MessageStore
    preferences: PreferenceStore
    purposes: PurposeCatalogue
    disclosures: UnmaskingStore
    households: HouseholdStore
    exports: ExportStore
    matches: MatchStore
    party_members: PartyMemberStore
    webhooks: WebhookStore
    webhook_cursors: WebhookCursors
    registers: RegisterStore
    register_imports: ImportStore
    register_entries: Entries
    register_refusals: RegisterRefusals

    @property
    def delivery(self) -> DepartmentDelivery:
        """The filter between the feed and the departments."""
        return self.subscriptions.delivery

    @property
    def webhook_of(self) -> WebhookOf:
        """How a department's endpoint does, for its own subscription."""
        return partial(health_of, self.webhooks, self.webhook_cursors)

    @property
    def password_is_good(self) -> PasswordIsGood:
        """The rules of passwords."""
        return a_password_is_good

    @property
    def privacy_notice(self) -> PurposeCatalogue:
        """The notice that is shown before a registration."""
        return self.purposes

    @property
    def just_signed_in(self) -> JustSignedIn:
        """Refuse who has not signed in shortly before."""
        return partial(must_have_just_signed_in, self.sessions)

    @property
    def end_sessions_of(self) -> EndSessions:
        """How all sessions of a person end."""
        return partial(end_all_of, self.sessions)

    @property
    def holding_of_a_person(self) -> Iterable[Forgetful]:
        """Give the stores that forget an erased person in one write; the others say of themselves what becomes of it."""
        return self.held_of_a_person.forgetting

    @property
    def holding_of_a_visitor(self) -> Iterable[Forgetful]:
        """The stores that forget a visitor."""
        return self.sessions, self.messages, self.notices

    @property
    def prove_phone(self) -> ProvePhone:
        """How a visitor's code is exchanged for the phone."""
        return partial(codes.prove_phone, self.codes, self.keys.of_code, "visit")

    @property
    def prove_own_phone(self) -> ProvePhone:
        """How a code is exchanged for the phone that a resident proves."""
        return partial(codes.prove_phone, self.codes, self.keys.of_code, "phone")

    @property
    def visit_parts(self) -> EntryChecks:
        """What a visitor's name, number and village are looked at with."""
        return EntryChecks(
            villages=self.villages,
            notice=self.privacy_notice,
            identity_hash=self.identity_hash,
            register=self.local_register,
            residents=self.residents,
        )

    @property
    def begin_visit_session(self) -> BeginGuestSession:
        """How the session of a visitor begins."""
        return partial(begin_visit, self.sessions, self.tokens)

    @property
    def note_own_look(self) -> NoteOwnLook:
        """How it is noted that residents took a copy of their own data."""
        return partial(note_own_look, self.disclosures)

    @property
    def note_look_at_paper(self) -> NoteLook:
        """How it is noted that an official saw the paper of a mandate."""
        return partial(note_look_at_paper, self.disclosures, self.residents)

    @property
    def region_of(self) -> RegionOf:
        """A resident's village, with the edition in which it is read."""

        def place(resident_id: str) -> tuple[str, str]:
            resident = self.residents.get(resident_id)
            return resident.region, resident.edition

        return place

    @property
    def consents_to_messages(self) -> ConsentsToMessages:
        """Whether somebody wants messages about buying and selling."""
        return self.consenting.to_market_sms

    @property
    def consents_to_fitting(self) -> ConsentsToFitting:
        """Whether somebody lets what is entered be used to find matters that fit."""
        return self.consenting.to_fitting

    @property
    def in_household(self) -> InHousehold:
        """A resident's own entry in the household."""

        def entry(resident_id: str) -> HouseholdEntry | None:
            household = self.households.find_of(resident_id)
            return household.member(resident_id) if household else None

        return entry

    @property
    def holders(self) -> Holders:
        """Who holds a role for a region; for who is away the stand-in."""

        def holders(role: str, region: str) -> list[str]:
            found, now = self.officials.holders(role, region), utc_now()
            return list(dict.fromkeys(self.absences.stand_in_of(one, now) for one in found))

        return holders

    @property
    def notice_time(self) -> NoticeTime:
        """When an official is told of what concerns the office."""
        return self.office_times.notice_time

    @property
    def wants_digest(self) -> WantsDigest:
        """Whether an official wants the morning's notice."""
        return self.reach.wants_digest

    @property
    def tell_digest(self) -> TellDigest:
        """How an official is told what waits."""
        return partial(notifications.tell_digest, self.notices)

    @property
    def tell_of_match(self) -> Callable[[Resident, Match, Call], bool]:
        """How a resident is told how the comparison with the register goes."""
        return partial(notifications.tell_of_match, self.notices)

    @property
    def identity_hash(self) -> Callable[[str], str]:
        """The keyed hash of ID numbers."""
        return self.keys.of_id_number

    @property
    def register_hashes(self) -> Hashes:
        """The keyed hashes of a register's entries."""
        return Hashes(self.keys.of_id_number, self.keys.of_name)

    @property
    def register_lines(self) -> Lines:
        """What the lines of a register's file are read with, and where they go."""
        return Lines(self.register_entries, self.register_refusals, self.villages, self.register_hashes)

    @property
    def local_register(self) -> LocalRegister:
        """The county's own register, for matching."""
        return LocalRegister(
            self.registers, self.register_imports, self.register_entries, self.moves, self.register_hashes
        )

    @property
    def one_time_password(self) -> OneTimePassword:
        """The derivation of one-time passwords."""
        return self.keys.one_time_password
