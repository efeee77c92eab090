"""Visits through identity's own parts: codes, sessions, the residents' store and a register that the test sets."""

from datetime import timedelta
from types import SimpleNamespace

import jwt

from services.chassis.core.calls import Call, Caller, event_call, utc_now
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS
from services.civic.id_numbers import check_digit
from services.identity.access.guest_access import usecases
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.keys import Keys
from services.identity.access.sessions import usecases as sessions
from services.identity.access.sessions.proofs_of_work import ProofsOfWork
from services.identity.access.sessions.rules import network_of
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens
from services.identity.access.verification_codes import usecases as codes
from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.notices.notifications.store import NoticeStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from tests.integration.identity.session_scene import OneKey

KEY = b"i" * 32
PHONE, OTHER_PHONE = "13800000013", "13800000014"
VILLAGE, NEXT_DOOR = "510183103204", "510183103203"


def number(serial: int) -> str:
    """Give the ID number of somebody, with a right check digit."""
    digits = f"51018319580312{serial:03d}"
    return digits + check_digit(digits)


class Scene:
    """People come; `found` is what the register says, `now` goes on when the test lets it."""

    def __init__(self, database):
        self.database, self.keys, self.now, self.found = database, Keys(KEY), utc_now(), None
        self.visitors, self.residents = VisitorStore(database), ResidentStore(database)
        self.codes, self.requests = VerificationCodeStore(database), CodeRequests(database)
        self.sessions, self.messages = SessionStore(database), MessageStore(database)
        self.notices, self.proofs = NoticeStore(database), ProofsOfWork(database, KEY, 1)
        for store in (self.visitors, self.residents, self.codes, self.requests, self.sessions, self.messages):
            store.create_indexes()
        self.tokens = Tokens(OneKey(), KEY, "http://test")
        self.texting = Texting(self.messages, True, timedelta())
        self.parts = SimpleNamespace(
            villages=SimpleNamespace(must_exist=lambda code: "2019"),
            notice=SimpleNamespace(must_be_shown=lambda version: None),
            identity_hash=self.keys.of_id_number,
            register=SimpleNamespace(find=lambda given: self.found),
            residents=self.residents,
        )

    def call(self, data) -> Call:
        return Call(data, ANONYMOUS, self.now, caller=Caller("10.1.2.3"))

    def code(self, phone=PHONE, purpose="visit", address="10.1.2.3") -> dict:
        asked = {"phone": phone, "purpose": purpose, "device_token": None, "proof_of_work": None}
        call = Call(asked, ANONYMOUS, self.now, caller=Caller(address))
        made = codes.ask(
            self.codes, self.requests, self.residents.first_with_phone, lambda token, owner: None,
            self.keys.of_phone, network_of, self.proofs, self.texting, call,
        )  # fmt: skip
        return {"code_id": made.id, "code": self.keys.of_code(made.id)}

    def begin(self, code: dict, **person) -> dict:
        """Begin a visit with a code; gives the answer with what its token says."""
        call = self.call({**code, **person})
        given = usecases.begin(
            self.visitors,
            lambda call: codes.prove_phone(self.codes, self.keys.of_code, "visit", call),
            self.parts,
            lambda visiting, call: sessions.begin_visit(self.sessions, self.tokens, visiting, call),
            call,
        )
        return {**given, "says": jwt.decode(given["access_token"], options={"verify_signature": False})}

    def come(self, phone=PHONE, serial=1, name="王秀英", address="10.1.2.3", village=VILLAGE) -> dict:
        """Come with a name."""
        return self.begin(self.code(phone, address=address), **person(serial, name, village))

    def refused(self, work, *args, **kwargs) -> str:
        try:
            work(*args, **kwargs)
        except DomainError as refusal:
            return refusal.code
        return ""

    def resident(self, id="w", phone=PHONE, serial=1, state="certified") -> Resident:
        """Somebody who has registered."""
        made = Resident(
            id, VILLAGE, "王秀英", self.keys.of_id_number(number(serial)), "5101**********0000", phone, "h",
            self.now, state=state,
        )  # fmt: skip
        self.residents.add(made, [], Call({}))
        return made

    def hear_of(self, resident) -> None:
        """Hear that the village has certified a resident."""
        data = {"resident_id": resident.id, "state": "certified"}
        usecases.take_over(self.visitors, self.residents, event_call("e1", data, self.now))

    def sweep(self, **later) -> int:
        """Let the clock look, so much later."""
        self.now += timedelta(**later)
        holding = (self.sessions, self.messages, self.notices)
        return usecases.forget_what_is_due(self.visitors, holding, Call({}, now=self.now))

    def told(self, id: str) -> list[str]:
        """Give what was told of a visitor."""
        return [event["data"]["state"] for event in self.visitors.documents.find_one({"_id": id})["outbox"]]


def person(serial=1, name="王秀英", village=VILLAGE) -> dict:
    """Give what somebody says to be."""
    return {
        "name": name,
        "paper": "id_card",
        "country": None,
        "id_number": number(serial),
        "village": village,
        "notice_version": 2,
    }
