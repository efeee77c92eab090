"""One view of everybody who can sign in, residents and officials, for the sessions."""

from dataclasses import dataclass

from services.chassis.errors import NotFound
from services.identity.departments.store import DepartmentStore
from services.identity.residents.store import ResidentStore
from services.identity.staff.store import OfficialStore

DEPARTMENT = "dept."


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `roles` are (name, region), `merged` the entries that went into this one."""

    id: str
    kind: str
    region: str
    roles: tuple[tuple[str, str], ...]
    assurance: int
    password_hash: str
    password_is_one_time: bool
    merged: tuple[str, ...] = ()


class People:
    """Finds a person among residents (by phone), officials (by login name) and departments (by `dept.<id>`)."""

    def __init__(self, database):
        self.residents = ResidentStore(database)
        self.officials = OfficialStore(database)
        self.departments = DepartmentStore(database)

    def find_by_login(self, login: str) -> Person | None:
        """Give the person with this phone or login name, or None."""
        if login.isdigit():
            return self._of_resident(self.residents.find_by_phone(login))
        if login.startswith(DEPARTMENT):
            return self._found(self.departments, login.removeprefix(DEPARTMENT), _of_department)
        return _of_official(self.officials.find_by_login(login))

    def find(self, id: str) -> Person | None:
        """Give the person with this id as they stand now, or None where they may no longer sign in."""
        kinds = (
            (self.residents, self._of_resident),
            (self.officials, _of_official),
            (self.departments, _of_department),
        )
        return next((found for store, made in kinds if (found := self._found(store, id, made))), None)

    def _of_resident(self, resident) -> Person | None:
        if resident is None or not resident.is_living:
            return None
        merged = tuple(self.residents.merged_into(resident.id))
        known = (resident.id, "resident", resident.region, (), resident.assurance, resident.password_hash)
        return Person(*known, False, merged)

    @staticmethod
    def _found(store, id: str, as_person) -> Person | None:
        try:
            return as_person(store.get(id))
        except NotFound:
            return None

    def choose_password(self, person: Person, password_hash: str, call) -> None:
        """Replace an official's one-time password."""
        official = self.officials.get(person.id)
        official.choose_password(password_hash)
        self.officials.save(official, [], call)


def _of_official(official) -> Person | None:
    if official is None or not official.active:
        return None
    roles = ((official.role, official.region),)
    return Person(
        official.id,
        "official",
        official.region,
        roles,
        0,
        official.password_hash,
        official.password_is_one_time,
    )


def _of_department(department) -> Person:
    """A department signs in whatever its state, to see what became of its application; events need a living grant."""
    return Person(department.id, "department", department.region, (), 0, department.password_hash, False)
