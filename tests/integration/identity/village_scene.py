"""A village with residents and everybody who decides about them, on a database without a platform around it."""

import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.actor import Role
from services.chassis.core.calls import utc_now, write_call
from services.chassis.core.errors import DomainError, VersionConflict
from services.chassis.core.scope import scope_filter
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.people.residents import contract, registration, usecases
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms
from services.identity.privacy.consents.catalogue import shipped_catalogue

VILLAGE_OFFICIAL = CivicActor("village official", "official", (Role("village_administrator", VILLAGE),))
OTHER_OFFICIAL = CivicActor("other official", "official", (Role("village_administrator", OTHER_VILLAGE),))
TOWN_OFFICIAL = CivicActor("town official", "official", (Role("town_administrator", TOWN),))
COUNTY_OFFICIAL = CivicActor("county official", "official", (Role("county_administrator", COUNTY),))


def hashed(number: str) -> str:
    """Stand for the keyed hash of a number."""
    return f"h {number}"


class Village:
    """Use cases as the doors run them: in the caller's scope, and again where somebody was faster."""

    def __init__(self, database):
        self.residents = ResidentStore(database)
        self.residents.create_indexes()
        self.terms = ResidentTerms.from_platform(database, CivicSettings())
        self.villages = SimpleNamespace(must_exist=lambda code: "2019")
        self.now = utc_now

    def call(self, actor: CivicActor, shape: type, key: str = "", now: datetime | None = None, **asked):
        """Make the call of a door."""
        return replace(
            write_call(shape.__name__, shape().load(asked), actor, key or uuid.uuid4().hex),
            now=now or utc_now(),
        )

    def register(self, now: datetime | None = None, **entered) -> Resident:
        """Let somebody new register; `entered` replaces what is made up."""
        asked = {**new_resident(VILLAGE), **entered}
        call = self.call(ANONYMOUS, contract.RegisterResident, now=now, **asked)
        passwords = SimpleNamespace(hash=lambda password, beside: "hash")
        return registration.register(
            self.residents,
            self.villages,
            shipped_catalogue(),
            passwords,
            a_password_is_good,
            hashed,
            self.terms,
            lambda call: None,
            call,
        )

    def certify(self, her: Resident, **asked) -> Resident:
        """Let the village vouch for somebody."""
        return self.decide(usecases.certify, VILLAGE_OFFICIAL, contract.CertifyResident, her, hashed, **asked)

    def certified(self, **entered) -> Resident:
        """Give somebody whom the village has certified."""
        her = self.register(**entered)
        return self.certify(her)

    def decide(
        self, usecase: Callable, actor: CivicActor, shape: type, her: Resident, *parts, **asked
    ) -> Resident:
        """Run a use case on her as this actor, within the actor's scope."""
        scope = {"_id": actor.id} if actor.kind == "resident" else scope_filter(actor)

        def decided():
            call = self.call(actor, shape, resident_id=her.id, **asked)
            return usecase(self.residents, *parts, scope, call)

        return self.again(decided)

    def again(self, work: Callable) -> Resident:
        """Do something again while others are faster."""
        for _ in range(20):
            try:
                return work()
            except VersionConflict:
                time.sleep(0.01)
        raise AssertionError("never came to an end")

    def reload(self, her: Resident) -> Resident:
        """Give her as she is stored."""
        return self.residents.get(her.id)

    def told(self, her: Resident) -> list[str]:
        """Give the verbs of everything that was told of her, in order."""
        outbox = self.residents.documents.find_one({"_id": her.id})["outbox"]
        return [entry["type"].split(".")[3] for entry in outbox]


def herself(her: Resident) -> CivicActor:
    """Give her as who calls."""
    return CivicActor(her.id, "resident", assurance=her.assurance)


def at_once(*works: Callable) -> list:
    """Do all of them at the same time; gives the answer of each, or the code of its refusal."""

    def answer(work):
        try:
            return work()
        except DomainError as refused:
            return refused.code

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(answer, works))
