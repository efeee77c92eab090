"""Sessions on a real database, with people who are made up and passwords that are looked at at once."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from deploy.local.story.person import solved
from services.chassis.core.calls import Call, Caller, utc_now
from services.chassis.core.errors import DomainError, TooMany
from services.civic.actor import ANONYMOUS, CivicActor
from services.identity.access.account import Account
from services.identity.access.sessions import usecases
from services.identity.access.sessions.attempts import Attempts
from services.identity.access.sessions.proofs_of_work import ProofsOfWork
from services.identity.access.sessions.rotate import new_key
from services.identity.access.sessions.signing import EVER
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.tokens import Tokens

KEY = b"k" * 32
BITS = 4
"""So that a test computes for no time."""

PASSWORD = "right password"
HOME, ELSEWHERE = "10.1.2.3", "172.16.5.6"


class Passwords:
    """The hash is the password; `meanwhile` happens once, while the next one is looked at."""

    meanwhile = None

    def matches(self, hash, password):
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return hash == password


class People(dict):
    """Persons by login."""

    def find_by_login(self, login):
        return self.get(login)

    def find(self, id):
        return next((one for one in self.values() if one.id == id), None)


class OneKey:
    """A key file with one key."""

    def __init__(self):
        self.one = new_key(EVER)

    def keys(self):
        return [self.one]


class Scene:
    """Signs in `wang`, whose time goes on with `wait`."""

    def __init__(self, database):
        self.sessions, self.attempts = SessionStore(database), Attempts(database, KEY)
        self.proofs = ProofsOfWork(database, KEY, BITS)
        for store in (self.sessions, self.attempts, self.proofs):
            store.create_indexes()
        self.tokens = Tokens(OneKey(), KEY, "http://test")
        self.passwords, self.now = Passwords(), utc_now()
        wang = Account("w", "resident", "510183103204", (), 0, PASSWORD, False)
        self.people = People(wang=wang, li=replace(wang, id="l"))

    def wait(self, **time):
        self.now += timedelta(**time)

    def call(self, data=None, actor=ANONYMOUS, address=HOME, agent="") -> Call:
        return Call(data or {}, actor, self.now, caller=Caller(address, agent))

    def sign_in(
        self, password=PASSWORD, login="wang", address=HOME, device=None, agent="", code=None, proof=None
    ) -> dict:
        data = {"login": login, "password": password, "device_token": device, "code": code}
        data["proof_of_work"] = proof
        call = self.call(data, address=address, agent=agent)
        tools = (self.people, self.sessions, self.attempts, self.proofs, self.passwords, self.tokens)
        return usecases.sign_in(*tools, call)

    def pay(self, **how) -> str:
        """Be refused, and compute what the refusal asks for."""
        with pytest.raises(TooMany) as refused:
            self.sign_in(**how)
        return solved(refused.value.detail["proof_of_work"])

    def try_to(self, work, *args, **kwargs):
        """Give the answer, or the refusal's code."""
        try:
            return work(*args, **kwargs)
        except DomainError as refused:
            return refused.code

    def guess(self, times=1, networks=False, **how) -> list[str]:
        """Try wrong passwords one after the other, each as soon as it is let; gives the codes."""
        codes = []
        for number in range(times):
            if networks:
                how["address"] = f"172.{16 + number // 250}.{number % 250}.1"
            codes.append(self.try_to(self.sign_in, password="wrong", **how))
        return codes

    def actor_of(self, given: dict) -> CivicActor:
        """Give the actor that these tokens make of their bearer."""
        id = given["refresh_token"].partition(".")[0]
        return CivicActor(given["person_id"], given["kind"], session=id)


def counted(codes) -> dict:
    """Give how often each code follows, in order."""
    return [(code, len(list(group))) for code, group in itertools.groupby(codes)]
