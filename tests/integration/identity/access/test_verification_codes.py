"""Codes: whoever has the phone and knows the ID number's end signs in, once; nobody learns whose phone it is, or locks others out."""

import threading
from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest

from deploy.local.story.person import solved
from services.chassis.core.calls import Call, Caller, utc_now
from services.chassis.core.errors import DomainError, TooMany
from services.civic.actor import ANONYMOUS
from services.identity.access.keys import Keys
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.proofs_of_work import ProofsOfWork
from services.identity.access.sessions.rules import network_of
from services.identity.access.sessions.usecases import ending_is_right
from services.identity.access.verification_codes import usecases
from services.identity.access.verification_codes.model import (
    OF_DEVICE,
    OF_NETWORK,
    OF_PHONE,
    OF_PHONE_IN_NETWORK,
    OF_PHONE_UNPAID,
    TRIES,
)
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from tests.integration.identity.session_scene import BITS, KEY

PHONE, UNKNOWN, ENDING = "13800000013", "13800000099", "001X"


class Scene:
    """One resident with a phone; `begun` are the persons who were signed in."""

    def __init__(self, database, is_on=True):
        self.database, self.keys, self.now, self.begun = database, Keys(b"k" * 32), utc_now(), []
        self.codes, self.requests = VerificationCodeStore(database), CodeRequests(database)
        self.residents, self.messages = ResidentStore(database), MessageStore(database)
        for store in (self.codes, self.requests, self.residents, self.messages):
            store.create_indexes()
        self.attempts, self.proofs = Attempts(database, KEY), ProofsOfWork(database, KEY, BITS)
        self.texting = Texting(self.messages, is_on, timedelta())
        wang = Resident(
            "w", "510183103204", "王英", "h", f"5101**********{ENDING}", PHONE, "h", self.now
        )  # fmt: skip
        self.residents.add(wang, [], Call({}))

    def call(self, data, address="10.1.2.3") -> Call:
        return Call(data, ANONYMOUS, self.now, caller=Caller(address))

    def ask(self, phone=PHONE, address="10.1.2.3", device=None, proof=None):
        asked = {"phone": phone, "purpose": "sign_in", "device_token": device, "proof_of_work": proof}
        return usecases.ask(
            self.codes, self.requests, self.residents.find_by_phone, self.device_of, self.keys.of_phone, network_of,
            self.proofs, self.texting, self.call(asked, address),
        )  # fmt: skip

    def pay(self, **how) -> str:
        """Be refused, and compute what the refusal asks for."""
        with pytest.raises(TooMany) as refused:
            self.ask(**how)
        return solved(refused.value.detail["proof_of_work"])

    @staticmethod
    def device_of(token, owner):
        """Know one device, of the resident only."""
        return token if owner and token == "her phone" else None

    def sign_in(self, code, digits=None, ending=ENDING):
        asked = {"code_id": code.id, "code": digits or self.keys.of_code(code.id), "id_number_ending": ending}
        begin = lambda person, call: self.begun.append(person) or {"person_id": person}  # noqa: E731

        ending_is = partial(self.residents.ending_is, identity_hash=self.keys.of_id_number)
        right = partial(ending_is_right, self.attempts, ending_is)
        return usecases.sign_in(self.codes, self.keys.of_code, right, begin, self.call(asked))

    def refused(self, work, *args, **kwargs) -> str:
        with pytest.raises(DomainError) as refused:
            work(*args, **kwargs)
        return refused.value.code


@pytest.fixture
def scene(database):
    return Scene(database)


def test_the_right_code_and_the_end_of_the_id_number_sign_in_once(scene):
    code = scene.ask()
    assert scene.sign_in(code, ending="001X") == {"person_id": "w"}
    assert scene.refused(scene.sign_in, code) == "code.wrong"
    assert scene.begun == ["w"]


def test_ten_who_use_a_code_at_once_are_one_sign_in(scene):
    code, start, outcomes = scene.ask(), threading.Barrier(TRIES), []

    def work():
        start.wait(5)
        try:
            outcomes.append(scene.sign_in(code)["person_id"])
        except DomainError as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=work) for _ in range(TRIES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(outcomes) == ["code.wrong"] * (TRIES - 1) + ["w"] and scene.begun == ["w"]


def test_neither_the_phone_alone_nor_the_id_number_alone_is_enough(scene):
    code = scene.ask()
    wrong = f"{(int(scene.keys.of_code(code.id)) + 1) % 1_000_000:06d}"
    assert scene.refused(scene.sign_in, code, ending="0014") == "code.wrong"
    assert scene.refused(scene.sign_in, code, digits=wrong) == "code.wrong"
    assert scene.sign_in(code) == {"person_id": "w"}


def test_after_five_tries_or_five_minutes_the_right_code_is_wrong_and_a_new_one_is_right(scene):
    code = scene.ask()
    for _ in range(TRIES):
        assert scene.refused(scene.sign_in, code, ending="9999") == "code.wrong"
    assert scene.refused(scene.sign_in, code) == "code.wrong"
    late = scene.ask()
    scene.now += timedelta(minutes=5)
    assert scene.refused(scene.sign_in, late) == "code.wrong"
    assert scene.sign_in(scene.ask()) == {"person_id": "w"}


def test_nobody_learns_from_answer_or_writes_whether_somebody_has_a_phone(scene):
    known, unknown = scene.ask(), scene.ask(UNKNOWN)
    assert (known.expires_at, len(known.id)) == (unknown.expires_at, len(unknown.id))
    assert scene.refused(scene.sign_in, unknown) == "code.wrong"
    first, second = (scene.messages.documents.find_one({"subject": one.id}) for one in (known, unknown))
    assert first.keys() == second.keys() and (first["person"], second["person"]) == ("w", "")


def test_neither_phone_nor_digits_nor_address_are_stored(scene):
    code = scene.ask()
    scene.ask(UNKNOWN)
    stored = "".join(
        str(list(scene.database[name].find())) for name in ("codes", "messages", "code_requests")
    )
    for secret in (PHONE, UNKNOWN, f"'{scene.keys.of_code(code.id)}'"):
        assert secret not in stored


def test_a_phone_gets_so_many_codes_an_hour_and_the_next_hour_again(scene):
    for phone in (PHONE, UNKNOWN):
        for _ in range(OF_PHONE_IN_NETWORK):
            scene.ask(phone)
        assert scene.refused(scene.ask, phone) == "code.asked_too_often"
    scene.now += timedelta(hours=1)
    assert scene.sign_in(scene.ask()) == {"person_id": "w"}


def test_a_stranger_who_asks_too_often_locks_nobody_out(scene):
    for _ in range(OF_PHONE_IN_NETWORK * 2):
        try:
            scene.ask(address="172.16.0.1")
        except DomainError as refused:
            assert refused.code == "code.asked_too_often"
    code = scene.ask(address="10.1.2.3")
    assert scene.sign_in(code) == {"person_id": "w"}


def test_no_phone_is_flooded_and_no_network_asks_for_everybody(scene):
    sent = 0
    for number in range(OF_PHONE + 5):
        try:
            scene.ask(address=f"172.{16 + number}.0.1")
            sent += 1
        except DomainError:
            pass
    assert sent == OF_PHONE_UNPAID
    for number in range(OF_NETWORK):
        scene.ask(f"137{number:08d}", address="10.9.9.9")
    assert scene.refused(scene.ask, "13700001000", address="10.9.9.9") == "code.asked_too_often"


def test_a_flood_from_everywhere_does_not_keep_her_from_a_code_on_a_device_of_hers(scene):
    for number in range(OF_PHONE_UNPAID):
        scene.ask(address=f"172.{16 + number}.0.1")
    assert scene.refused(scene.ask) == "code.asked_too_often"
    assert scene.refused(scene.ask, device="another's") == "code.asked_too_often"
    assert scene.sign_in(scene.ask(device="her phone")) == {"person_id": "w"}
    for _ in range(OF_DEVICE - 1):
        scene.ask(device="her phone")
    assert scene.refused(scene.ask, device="her phone") == "code.asked_too_often"


def test_sixty_requests_in_a_network_leave_a_neighbour_a_code_for_a_little_work(scene):
    for number in range(OF_NETWORK):
        scene.ask(f"137{number:08d}", address=f"10.9.9.{number}")
    assert scene.refused(scene.ask, address="10.9.9.99") == "code.asked_too_often"
    proof = scene.pay(address="10.9.9.99")
    code = scene.ask(address="10.9.9.99", proof=proof)
    assert scene.sign_in(code) == {"person_id": "w"}
    assert scene.refused(scene.ask, address="10.9.9.99", proof=proof) == "code.asked_too_often"


@pytest.mark.parametrize("phone", [PHONE, UNKNOWN])
def test_strangers_everywhere_leave_her_phone_codes_for_a_little_work_and_never_flood_it(scene, phone):
    for number in range(OF_PHONE_UNPAID):
        scene.ask(phone, address=f"172.{16 + number}.0.1")
    for _ in range(OF_PHONE - OF_PHONE_UNPAID):
        scene.ask(phone, proof=scene.pay(phone=phone))
    proof = scene.pay(phone=phone)
    with pytest.raises(TooMany) as refused:
        scene.ask(phone, proof=proof)
    assert (refused.value.code, set(refused.value.detail)) == ("code.asked_too_often", {"retry_after"})
    scene.now += timedelta(hours=1)
    assert scene.ask(phone).id


def test_work_for_one_phone_gets_no_code_for_another(scene):
    for _ in range(OF_PHONE_IN_NETWORK):
        scene.ask(UNKNOWN)
    proof = scene.pay(phone=UNKNOWN)
    for _ in range(OF_PHONE_IN_NETWORK):
        scene.ask()
    assert scene.refused(scene.ask, proof=proof) == "code.asked_too_often"
    assert scene.ask(UNKNOWN, proof=proof).id


def test_who_found_the_phone_tries_few_ends_of_the_number_and_the_owner_waits_no_month(scene):
    tried = []
    for number in range(9):
        code = scene.ask(device="her phone")
        tried.append(scene.refused(scene.sign_in, code, ending=f"{number:04d}"))
        scene.now += timedelta(minutes=12)
    assert tried == ["code.wrong"] * 6 + ["session.too_many_endings"] * 3
    scene.now += timedelta(hours=1)
    assert scene.sign_in(scene.ask()) == {"person_id": "w"}


def test_who_does_not_hold_the_phone_uses_none_of_those_tries_up(scene):
    for number in range(3):
        code = scene.ask(address=f"172.{16 + number}.0.1")
        wrong = f"{(int(scene.keys.of_code(code.id)) + 1) % 1_000_000:06d}"
        for _ in range(TRIES):
            assert scene.refused(scene.sign_in, code, digits=wrong, ending="9999") == "code.wrong"
    assert scene.sign_in(scene.ask()) == {"person_id": "w"}


def test_what_networks_are_refused_does_not_use_up_the_phones_codes(scene):
    for network in ("10.7.7.7", "10.8.8.8", "10.9.9.9"):
        for number in range(OF_NETWORK):
            scene.ask(f"137{network[3]}{number:07d}", address=network)
        for _ in range(OF_PHONE_IN_NETWORK):
            assert scene.refused(scene.ask, address=network) == "code.asked_too_often"
    assert scene.sign_in(scene.ask()) == {"person_id": "w"}


def test_twenty_requests_at_once_are_counted_as_twenty(scene):
    start, let = threading.Barrier(20), []

    def work():
        start.wait(5)
        with suppress(DomainError):
            let.append(scene.ask().id)

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(let) == OF_PHONE_IN_NETWORK


def test_a_county_without_messages_has_no_codes_and_says_so_before_anything_is_written(database):
    scene = Scene(database, is_on=False)
    assert scene.refused(scene.ask) == "code.sms_off"
    assert scene.requests.documents.count_documents({}) == 0
