"""One view of everybody who can sign in, residents and officials, for the sessions."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from pymongo.database import Database

from services.chassis.core.calls import utc_now
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.core.settings import WrongSetting
from services.chassis.events.outbox import NewEvent
from services.chassis.storage.store import Aggregate, Store
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.access.account import Account, Entrant
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions.model import Session
from services.identity.access.sessions.store import SessionStore
from services.identity.officials.absences.model import Absence
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.staff.model import DIGITS_OF_ROLE, Official, a_second_factor_was_offered
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.subscribers.departments.model import Department, login_of
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.wiring.session_joins import BY_KIND, JOINS, UNREAD

T = TypeVar("T", bound=Aggregate)
DEPARTMENT = login_of("")


class Accounts:
    """Finds a person among residents (by phone), officials (by login name) and departments (by `dept.<id>`)."""

    def __init__(self, database: Database, second_factor: SecondFactor, due_for: tuple[str, ...] = ()):
        self.second_factor, self._due_for = second_factor, due_for
        self.residents = ResidentStore(database)
        self.officials = OfficialStore(database)
        self.departments = DepartmentStore(database)
        self.absences, self.clock = AbsenceStore(database), utc_now
        self.visitors = VisitorStore(database)
        self.sessions = SessionStore(database)

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Accounts":
        """Make it from the settings; raises WrongSetting for a role that there is not."""
        unknown = set(settings.second_factor_roles) - set(DIGITS_OF_ROLE)
        if unknown:
            raise WrongSetting(f"SECOND_FACTOR_ROLES names {', '.join(sorted(unknown))}, which is no role.")
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, SecondFactor(key), settings.second_factor_roles)

    def with_login(self, login: str) -> list[Entrant]:
        """Everybody who may sign in with this phone or login name.

        Of residents the newest comes first: who registers with another's phone to try a password out comes into the own entry.
        """
        if is_number(login):
            meant = sorted(self.residents.with_phone(login), key=lambda one: one.registered_at, reverse=True)
            return [Entrant(one.id, one.password_hash) for one in meant]
        if login.startswith(DEPARTMENT):
            found = self._found(self.departments, login.removeprefix(DEPARTMENT), _of_department)
        else:
            found = self._of_official(self.officials.find_by_login(login))
        return [Entrant(found.id, found.password_hash)] if found else []

    def find(self, id: str) -> Account | None:
        """The person with this id as they stand now, or None where they may no longer sign in."""
        return (
            self._found(self.residents, id, self._of_resident)
            or self._found(self.officials, id, self._of_official)
            or self._found(self.departments, id, _of_department)
        )

    def of_sessions(
        self, asked: set[tuple[str, str]], now: datetime
    ) -> Iterator[tuple[Session, Account | None]]:
        """Find sessions by (id, kind), each with its person as they stand then, in one read for those that are joined alike.

        What was merged into a person is not looked up.
        """
        alike = defaultdict(set)
        for id, kind in asked:
            alike[BY_KIND.get(kind)].add(id)
        for join, ids in alike.items():
            wanted: dict = {"$match": {"_id": {"$in": sorted(ids)}}}
            joins = join(now) if join else []
            for found in self.sessions.documents.aggregate([wanted, {"$project": UNREAD}, *joins]):
                joined = {name: found.pop(name, []) for name in JOINS}
                yield self.sessions.from_document(found), self._joined(joined, now)

    def _joined(self, joined: dict[str, list[dict]], now: datetime) -> Account | None:
        """Give the person who was read with a session; None where they may no longer sign in."""
        for document in joined["official"]:
            official = self.officials.from_document(document)
            absences = [self.absences.from_document(one) for one in joined["absences"]]
            absent = [self.officials.from_document(one) for one in joined["absent"]]
            return self._as_they_stand(official, absences, absent, now) if official.active else None
        for document in joined["resident"]:
            resident = self.residents.from_document(document)
            # the phone is sealed, and read with no session
            return _account_of(resident, "") if resident.is_living else None
        for document in joined["department"]:
            return _of_department(self.departments.from_document(document))
        return None

    def _of_resident(self, resident: Resident | None) -> Account | None:
        if resident is None or not resident.is_living:
            return None
        merged = self.residents.merged_into(resident.id)
        merged += self.visitors.taken_by([resident.id, *merged])
        return _account_of(resident, resident.phone, tuple(merged))

    def counted(self, codes: list[str]) -> dict[str, int]:
        """Count the residents and the active officials who belong to exactly these divisions."""
        here = {"regions": {"$in": codes}, "region": {"$in": codes}}
        return {
            "residents": self.residents.documents.count_documents(here),
            "officials": self.officials.documents.count_documents({**here, "active": True}),
        }

    @staticmethod
    def _found(store: Store[T], id: str, as_person: Callable[[T], Account | None]) -> Account | None:
        try:
            return as_person(store.get(id))
        except NotFound:
            return None

    def choose_password(self, person: Account, password_hash: str, call: Call) -> Account:
        """Replace a resident's or an official's password, if it is still the one that was shown; gives the person as they stand then."""
        if person.kind == "resident":
            _choose_password(self.residents, person, password_hash, call)
        else:
            _choose_password(self.officials, person, password_hash, call)
        found = self.find(person.id)
        if found is None:
            raise changed_meanwhile()
        return found

    def use_code(self, person: Account, code: str, call: Call) -> bool:
        """Use up a code of the person's second factor, or a recovery code; False where it is none or was used already."""
        official = self.officials.get(person.id)
        step = self.second_factor.step(official.id, official.factor, code, call.now)
        if step is not None:
            return self.officials.use_step(official, step, call)
        return self.officials.use_recovery(official, self.second_factor.hash_of(official.id, code), call)

    @staticmethod
    def a_second_factor_was_offered(official: Official) -> None:
        """Raise Rejected where no secret waits to be confirmed."""
        a_second_factor_was_offered(official)

    def at_once(self, person: Account) -> AbstractContextManager[None]:
        """Make the writes to a person and to their sessions one; raises VersionConflict where another one was faster."""
        return (self.residents if person.kind == "resident" else self.officials).at_once()

    def _of_official(self, official: Official | None) -> Account | None:
        return self._standing(official) if official and official.active else None

    def _standing(self, official: Official) -> Account:
        now = self.clock()
        absences = self.absences.coming_of(official.id, now)
        held = [one for one in absences if one.holds(now) and one.stand_in_id == official.id]
        absent = [self.officials.find(one.official_id) for one in held if not official.resting]
        return self._as_they_stand(official, absences, [one for one in absent if one], now)

    def _as_they_stand(
        self, official: Official, absences: list[Absence], absent: list[Official], now: datetime
    ) -> Account:
        """Make the account of an official; `absent` are the officials in whose place this one stands in."""
        changes = [at for one in absences for at in (one.begins_at, one.ends_at) if at > now]
        return Account(
            official.id,
            "official",
            official.region,
            () if official.resting else _roles(official, [one for one in absences if one.holds(now)], absent),
            0,
            official.password_hash,
            official.password_is_one_time,
            official.login,
            f"{official.credentials}",
            official.factor,
            official.role in self._due_for and not official.factor,
            edition=official.edition,
            away=any(one.is_away(official.id, now) for one in absences),
            as_now_until=min(changes, default=None),
        )


def _roles(
    official: Official, absences: list[Absence], absent: list[Official]
) -> tuple[tuple[str, ...], ...]:
    """Give the own role, and for a stand-in the absent one's as well while that one is in office where the absence says."""
    stands_in_for = {one.official_id for one in absences if one.stand_in_id == official.id}
    places = {(one.role, one.region) for one in absences}
    held = [
        (one.role, one.region, one.id)
        for one in absent
        if one.id in stands_in_for and one.active and not one.resting and (one.role, one.region) in places
    ]
    return ((official.role, official.region), *held)


def _account_of(resident: Resident, login: str, merged: tuple[str, ...] = ()) -> Account:
    known = (resident.id, "resident", resident.region, (), resident.assurance, resident.password_hash)
    # of entries from before passwords could be changed what opened a session says nothing
    stamp = str(resident.credentials) if resident.credentials else ""
    return Account(*known, False, login, stamp, merged=merged, edition=resident.edition)


class HoldsPassword(Aggregate, Protocol):
    """A resident or an official."""

    password_hash: str

    def choose_password(self, password_hash: str) -> list[NewEvent]:
        """Replace the password."""


P = TypeVar("P", bound=HoldsPassword)


def _choose_password(store: Store[P], person: Account, password_hash: str, call: Call) -> None:
    one = store.get(person.id)
    if one.password_hash != person.password_hash:
        raise changed_meanwhile()
    store.save(one, one.choose_password(password_hash), call)


def changed_meanwhile() -> VersionConflict:
    """The error for a person whom somebody changed between being looked at and being written."""
    return VersionConflict("person.changed_meanwhile", "刚才账号有变动，请重新登录后再试。")


def _of_department(department: Department) -> Account:
    """A department signs in whatever its state, to see what became of its application; events need a living grant."""
    known = (department.id, "department", department.region, (), 0, department.password_hash, False)
    # what an older key opened ends with it
    stamp = str(department.keys) if department.keys else ""
    return Account(*known, stamp=stamp, edition=department.edition)
