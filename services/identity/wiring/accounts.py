"""One view of everybody who can sign in, residents and officials, for the sessions."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from pymongo.database import Database

from services.chassis.core.calls import utc_now
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.core.settings import WrongSetting
from services.chassis.storage.store import Aggregate, Store
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.access.account import Account
from services.identity.access.guest_access.store import VisitorStore
from services.identity.access.second_factor import SecondFactor
from services.identity.officials.absences.model import Absence
from services.identity.officials.absences.store import AbsenceStore
from services.identity.officials.staff.model import DIGITS_OF_ROLE, Official, a_second_factor_was_offered
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore

T = TypeVar("T", bound=Aggregate)
DEPARTMENT = "dept."


class Accounts:
    """Finds a person among residents (by phone), officials (by login name) and departments (by `dept.<id>`)."""

    def __init__(self, database: Database, second_factor: SecondFactor, due_for: tuple[str, ...] = ()):
        self.second_factor, self._due_for = second_factor, due_for
        self.residents = ResidentStore(database)
        self.officials = OfficialStore(database)
        self.departments = DepartmentStore(database)
        self.absences, self.clock = AbsenceStore(database), utc_now
        self.visitors = VisitorStore(database)

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Accounts":
        """Make it from the settings; raises WrongSetting for a role that there is not."""
        unknown = set(settings.second_factor_roles) - set(DIGITS_OF_ROLE)
        if unknown:
            raise WrongSetting(f"SECOND_FACTOR_ROLES names {', '.join(sorted(unknown))}, which is no role.")
        key = settings.required("identity_hash_key").identity_hash_key
        return cls(database, SecondFactor(key), settings.second_factor_roles)

    def find_by_login(self, login: str) -> Account | None:
        """The person with this phone or login name, or None."""
        if is_number(login):
            return self._of_resident(self.residents.find_by_phone(login))
        if login.startswith(DEPARTMENT):
            return self._found(self.departments, login.removeprefix(DEPARTMENT), _of_department)
        return self._of_official(self.officials.find_by_login(login))

    def find(self, id: str) -> Account | None:
        """The person with this id as they stand now, or None where they may no longer sign in."""
        return (
            self._found(self.residents, id, self._of_resident)
            or self._found(self.officials, id, self._of_official)
            or self._found(self.departments, id, _of_department)
        )

    def _of_resident(self, resident: Resident | None) -> Account | None:
        if resident is None or not resident.is_living:
            return None
        merged = self.residents.merged_into(resident.id)
        merged += self.visitors.taken_by([resident.id, *merged])
        known = (resident.id, "resident", resident.region, (), resident.assurance, resident.password_hash)
        return Account(*known, False, merged=tuple(merged), edition=resident.edition)

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
        """Replace an official's password, if it is still the one that was shown; gives the person as they stand then."""
        official = self.officials.get(person.id)
        if official.password_hash != person.password_hash:
            raise changed_meanwhile()
        events = official.choose_password(password_hash)
        self.officials.save(official, events, call)
        return self._standing(official)

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

    def at_once(self) -> AbstractContextManager[None]:
        """Make the writes to a person and to their sessions one; raises VersionConflict where another one was faster."""
        return self.officials.at_once()

    def _of_official(self, official: Official | None) -> Account | None:
        return self._standing(official) if official and official.active else None

    def _standing(self, official: Official) -> Account:
        now = self.clock()
        absences = self.absences.coming_of(official.id, now)
        changes = [at for one in absences for at in (one.begins_at, one.ends_at) if at > now]
        return Account(
            official.id,
            "official",
            official.region,
            () if official.resting else self._roles(official, [one for one in absences if one.holds(now)]),
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

    def _roles(self, official: Official, absences: list[Absence]) -> tuple[tuple[str, ...], ...]:
        """Give the own role, and for a stand-in the absent one's as well while that one is in office where the absence says."""
        absent = [self.officials.find(one.official_id) for one in absences if one.stand_in_id == official.id]
        places = {(one.role, one.region) for one in absences}
        held = [
            (one.role, one.region, one.id)
            for one in absent
            if one and one.active and not one.resting and (one.role, one.region) in places
        ]
        return ((official.role, official.region), *held)


def changed_meanwhile() -> VersionConflict:
    """The error for a person whom somebody changed between being looked at and being written."""
    return VersionConflict("person.changed_meanwhile", "刚才账号有变动，请重新登录后再试。")


def _of_department(department: Department) -> Account:
    """A department signs in whatever its state, to see what became of its application; events need a living grant."""
    known = (department.id, "department", department.region, (), 0, department.password_hash, False)
    # what an older key opened ends with it
    stamp = str(department.keys) if department.keys else ""
    return Account(*known, stamp=stamp, edition=department.edition)
