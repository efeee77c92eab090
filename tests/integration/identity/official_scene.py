"""Officials with real accounts and sessions on a real database; passwords are looked at at once."""

import uuid
from dataclasses import replace

import pyotp

from services.chassis.core.calls import write_call
from services.civic.actor import CivicActor
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions import factors, password_changes, usecases
from services.identity.officials.staff.usecases import new_official
from services.identity.wiring.accounts import Accounts
from tests.integration.identity.session_scene import ELSEWHERE, HOME, KEY, PASSWORD
from tests.integration.identity.session_scene import Scene as SessionScene

COUNTY, TOWN, VILLAGE = "510183", "510183103", "510183103204"
OPERATOR = CivicActor("operator", "system")


class Passwords:
    """The hash is the password, marked as a hash."""

    def hash(self, password, beside=None):
        return f"hash of {password}"

    def matches(self, hash, password):
        return self.first_match([hash] if hash else [], password) is not None

    def first_match(self, hashes, password):
        hashed = self.hash(password)
        return hashes.index(hashed) if hashed in hashes else None


class Scene(SessionScene):
    """Officials by login, who sign in and change what they sign in with."""

    def __init__(self, database):
        super().__init__(database)
        self.passwords, self.people = Passwords(), Accounts(database, SecondFactor(KEY), ("data_officer",))
        self.officials = self.people.officials
        self.officials.create_indexes()

    def appoint(self, login="li", role="clerk", region=TOWN, password=PASSWORD, first=False):
        """Put somebody in office, who still has the one-time password where `first`."""
        asked = {"name": "测试", "login": login, "role": role, "region": region}
        call = write_call("appoint", asked, OPERATOR, uuid.uuid4().hex)
        official = new_official(self.passwords.hash(password), call)
        if not first:
            official.choose_password(official.password_hash)
        self.officials.add(official, official.appointed(), call)
        return official

    def as_the_door(self, work, *args):
        """Give the answer or the refusal's code, again from the load where somebody was faster."""
        for _ in range(40):
            found = self.try_to(work, *args)
            if not str(found).endswith("_meanwhile"):
                return found
        return found

    def refresh(self, given):
        call = self.call({"refresh_token": given["refresh_token"]})
        return self.as_the_door(usecases.refresh, self.people, self.sessions, self.tokens, call)

    def change_password(self, given, new, old=PASSWORD, address=HOME):
        call = self.call({"old_password": old, "new_password": new}, self.actor_of(given), address)
        tools = (self.people, self.sessions, self.attempts, self.passwords, self.tokens)
        return self.as_the_door(password_changes.change_password, *tools, call)

    def choose(self, one_time, new, login="li", address=HOME):
        data = {"login": login, "one_time_password": one_time, "new_password": new}
        call = self.call({**data, "device_token": None, "proof_of_work": None}, address=address)
        tools = (self.people, self.sessions, self.attempts, self.proofs, self.passwords, self.tokens)
        return password_changes.choose_password(*tools, call)

    def offer(self, given, code=None, key=""):
        call = write_call("offer", {"code": code}, self.actor_of(given), key or uuid.uuid4().hex)
        call = replace(call, now=self.now)
        return self.as_the_door(factors.offer, self.people, self.sessions, self.attempts, call)

    def confirm(self, given, code):
        call = self.call({"code": code}, self.actor_of(given))
        tools = (self.people, self.sessions, self.attempts, self.tokens)
        return self.as_the_door(factors.confirm, *tools, call)

    def enrol(self, given) -> tuple[str, dict]:
        """Get a second factor; gives its secret and the answer to the confirmation."""
        secret = self.offer(given)["secret"]
        return secret, self.confirm(given, self.code(secret))

    def code(self, secret, later=0) -> str:
        """Give what the authenticator shows now, or so many steps later."""
        return pyotp.TOTP(secret).at(self.now, counter_offset=later)

    def hear(self, official):
        """Hear what was told of the official, as the listener does."""
        usecases.end_what_no_longer_opens(self.people, self.sessions, official.id, self.call())

    def states(self, official) -> list[str]:
        """Give the states of the official's sessions, oldest first."""
        found = self.sessions.documents.find({"person": official.id}).sort("started_at", 1)
        return [one["state"] for one in found]

    def told(self, official) -> list[str]:
        """Give the names of the events about the official."""
        found = self.officials.documents.find_one({"_id": official.id})
        return [one["type"].removeprefix("xiangzhi.identity.official.") for one in found["outbox"]]


__all__ = ["COUNTY", "ELSEWHERE", "HOME", "PASSWORD", "TOWN", "VILLAGE", "Scene"]
