"""Signing in with a phone that several entries name: by password into one's own, by code only with the end of one's number."""

import threading
from datetime import timedelta
from functools import partial

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.calls import Call, Caller, utc_now
from services.chassis.core.errors import DomainError
from services.chassis.core.secrets import Passwords
from services.civic.actor import ANONYMOUS
from services.civic.settings import CivicSettings
from services.identity.access.keys import Keys
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions import usecases as sessions
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.access.sessions.proofs_of_work import ProofsOfWork
from services.identity.access.sessions.rules import OF_ACCOUNT_IN_NETWORK, network_of
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens
from services.identity.access.verification_codes import usecases as codes
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.people.residents import proofs, registration
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.wiring.accounts import Accounts
from services.identity.wiring.registrations import Registrations
from tests.integration.identity.session_scene import BITS, OneKey
from tests.integration.identity.village_scene import Village

KEY, PHONE, UNKNOWN, HOME = b"k" * 32, "13800000013", "13800000099", "10.1.2.3"


class Counting(Passwords):
    """Counts how often something is hashed."""

    hashed = 0

    def _in_turn(self, work, *args):
        self.hashed += 1
        return super()._in_turn(work, *args)


class Scene:
    """People of a village who register, and sign in by password or by code; `limits` are of an address and of a network."""

    def __init__(self, database, limits=(1000, 1000)):
        self.database, self.now, self.keys, self.passwords = database, utc_now(), Keys(KEY), Counting()
        self.residents, self.people = ResidentStore(database), Accounts(database, SecondFactor(KEY))
        self.sessions, self.attempts = SessionStore(database), Attempts(database, KEY)
        self.proofs = ProofsOfWork(database, KEY, BITS)
        self.codes, self.requests = VerificationCodeStore(database), CodeRequests(database)
        self.messages = MessageStore(database)
        stores = self.residents, self.sessions, self.attempts, self.codes, self.requests, self.messages
        for store in stores:
            store.create_indexes()
        self.tokens = Tokens(OneKey(), KEY, "http://test")
        self.texting = Texting(self.messages, True, timedelta())
        self.terms = ResidentTerms.from_platform(database, CivicSettings())
        self.count = Registrations(database, KEY, *limits)
        self.villages = Village(database).villages

    def call(self, data, address=HOME) -> Call:
        return Call(data, ANONYMOUS, self.now, caller=Caller(address))

    def register(self, password, phone=PHONE, address=HOME, **entered):
        asked = {**new_resident(VILLAGE), "paper": "id_card", "country": None, **entered}
        parts = (
            self.villages,
            shipped_catalogue(),
            self.passwords,
            a_password_is_good,
            self.keys.of_id_number,
            self.terms,
            self.count,
        )
        call = self.call({**asked, "phone": phone, "password": password}, address)
        return registration.register(self.residents, *parts, call)

    def sign_in(self, password, phone=PHONE, device=None) -> dict:
        asked = {"login": phone, "password": password, "code": None, "device_token": device}
        call = self.call({**asked, "proof_of_work": None})
        parts = self.people, self.sessions, self.attempts, self.proofs, self.passwords, self.tokens
        return sessions.sign_in(*parts, call)

    def ask(self, phone=PHONE, device=None):
        asked = {"phone": phone, "purpose": "sign_in", "device_token": device, "proof_of_work": None}
        call = self.call(asked)
        parts = self.residents.first_with_phone, self.tokens.read_device, self.keys.of_phone, network_of
        return codes.ask(self.codes, self.requests, *parts, self.proofs, self.texting, call)

    def by_code(self, ending) -> str:
        """Sign in by a code, an hour after the one before; gives who has come in."""
        self.now += timedelta(hours=1)
        return self.exchange(ending, self.ask())

    def exchange(self, ending, code) -> str:
        asked = {"code_id": code.id, "code": self.keys.of_code(code.id), "id_number_ending": ending}
        who_has = partial(proofs.who_is_opened, self.residents, self.keys.of_id_number)
        who = partial(sessions.opened_by_ending, self.attempts, who_has)
        call = self.call({**asked, "device_token": None})
        return codes.sign_in(self.codes, self.keys.of_code, who, self.begin, call)["person_id"]

    def begin(self, person, phone, call) -> dict:
        proofs.prove(self.residents, person, phone, call)
        return sessions.begin_for(self.people, self.sessions, self.tokens, person, call)

    def refused(self, work, *args, **kwargs) -> str:
        with pytest.raises(DomainError) as refused:
            work(*args, **kwargs)
        return refused.value.code


@pytest.fixture
def scene(database):
    return Scene(database)


@pytest.fixture
def two(scene):
    """The one who had the phone, and proved it; and the one to whom the number was given since."""
    before = scene.register("password of before", id_number="11010519491231002X")
    assert scene.by_code("002X") == before.id
    return before, scene.register("password of after", id_number="510183195803120022")


def test_a_number_that_was_given_to_somebody_else_lets_that_person_in_and_the_one_before_keeps_the_account(
    scene, two
):
    before, after = two
    assert scene.by_code("0022") == after.id
    assert scene.residents.find_by_phone(PHONE).id == after.id
    assert scene.residents.get(before.id).phone_state == "lost"
    # signing in with the old phone and the own password is how the one before hears of it
    assert scene.sign_in("password of before")["person_id"] == before.id
    assert scene.sign_in("password of after")["person_id"] == after.id


def test_a_code_never_opens_the_account_of_the_one_before(scene, two):
    before, after = two
    for wrong in ("0014", "0013", "9999"):
        assert scene.refused(scene.by_code, wrong) == "code.wrong"
    assert scene.by_code("0022") == after.id
    assert scene.refused(scene.by_code, "0014") == "code.wrong"
    assert scene.residents.get(before.id).phone_state == "lost"


def test_two_who_sign_in_by_code_at_the_same_moment_both_come_in_and_one_holds_the_phone(scene, two):
    scene.now += timedelta(hours=1)
    asked = [(end, scene.ask()) for end in ("002X", "0022")]
    start, came = threading.Barrier(2), []

    def work(ending, code):
        start.wait(5)
        came.append(scene.exchange(ending, code))

    threads = [threading.Thread(target=work, args=one) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(came) == sorted(one.id for one in two)
    states = {one.id: scene.residents.get(one.id).phone_state for one in two}
    assert sorted(states.values()) == ["lost", "proven"]
    assert states[scene.residents.find_by_phone(PHONE).id] == "proven"


def test_an_owner_whom_another_registered_before_comes_in_by_password_and_by_code(scene):
    scene.register("password of a stranger", id_number="11010519491231002X")
    owner = scene.register("password of the owner", id_number="510183195803120022")
    assert scene.sign_in("password of the owner")["person_id"] == owner.id
    assert scene.by_code("0022") == owner.id and scene.residents.find_by_phone(PHONE).id == owner.id


def test_where_the_ending_may_be_anothers_no_unproven_entry_is_opened(scene):
    first = scene.register("password of the first", id_number="11010519491231002X")
    other = scene.register("password of the other", paper="passport", country="VNM", id_number="E1234002X")
    assert scene.refused(scene.by_code, "002X") == "code.wrong"
    proofs.prove(scene.residents, other.id, PHONE, scene.call({}))
    assert scene.by_code("002X") == other.id
    assert scene.residents.get(first.id).phone_state == "unproven"


def test_who_registered_twice_is_let_into_the_entry_that_holds_the_phone(scene):
    first, _ = (scene.register("password, long", id_number="11010519491231002X") for _ in range(2))
    assert scene.by_code("002X") == first.id


def test_the_work_of_a_wrong_password_is_the_same_for_a_phone_of_nobody_one_and_many(scene):
    work = []
    for people in range(4):
        if people:
            scene.register(f"password of number {people}")
        before = scene.passwords.hashed
        assert scene.refused(scene.sign_in, "wrong password") == "session.wrong_credentials"
        work.append(scene.passwords.hashed - before)
    assert work == [1] * 4


def test_the_work_of_a_registration_is_the_same_whoever_has_the_phone(scene):
    work = []
    for _ in range(3):
        before = scene.passwords.hashed
        scene.register("password, long")
        work.append(scene.passwords.hashed - before)
    assert work == [1] * 3


def test_a_device_speaks_for_its_own_account_only(scene):
    hers = scene.register("password of hers")
    scene.register("password of another")
    device = scene.sign_in("password of another")["device_token"]
    for _ in range(OF_ACCOUNT_IN_NETWORK.free + 1):
        assert scene.refused(scene.sign_in, "password of hers", device=device) == "session.wrong_credentials"
    assert scene.sign_in("password of hers")["person_id"] == hers.id


def test_who_registers_to_try_a_password_out_comes_into_the_own_entry_whether_it_was_right_or_not(scene):
    hers = scene.register("password of hers")
    for tried in ("password of nobody", "password of hers"):
        scene.now += timedelta(minutes=1)
        own = scene.register(tried)
        assert scene.sign_in(tried)["person_id"] == own.id != hers.id


def test_who_only_typed_the_phone_in_has_no_device_that_asks_for_more_codes(scene):
    her = scene.register("password of hers", id_number="11010519491231002X")
    device = scene.sign_in("password of hers")["device_token"]
    while (told := _asked(scene, device)) == "sent":
        pass
    assert told == "code.asked_too_often"
    proofs.prove(scene.residents, her.id, PHONE, scene.call({}))
    assert _asked(scene, device) == "sent"


def _asked(scene, device) -> str:
    try:
        return "sent" if scene.ask(device=device) else ""
    except DomainError as refused:
        return refused.code


def test_a_code_goes_to_the_phone_that_asked_for_it_and_to_nobody_for_a_phone_of_nobody(scene, two):
    assert scene.codes.phone_of(scene.ask().id) == PHONE
    assert scene.codes.phone_of(scene.ask(UNKNOWN).id) is None


def test_so_many_register_from_one_address_and_from_one_network_in_an_hour(database):
    scene = Scene(database, (2, 3))
    register = partial(scene.register, "password, long")
    for address in ("10.1.2.3", "10.1.2.3", "10.1.2.4"):
        register(address=address)
    for address in ("10.1.2.3", "10.1.2.4", "10.1.2.5"):
        assert scene.refused(register, address=address) == "resident.too_many_registrations"
    register(address="10.9.9.9")
    scene.now += timedelta(hours=1)
    register(address="10.1.2.3")
    stored = str(list(scene.requests.documents.find()))
    assert "10.1.2" not in stored and "10.9.9" not in stored


def test_what_is_refused_for_its_form_counts_for_nobody(database):
    scene = Scene(database, (1, 1))
    assert (
        scene.refused(scene.register, "password, long", id_number="110105194912310021")
        == "resident.id_number_check_digit"
    )
    scene.register("password, long")
