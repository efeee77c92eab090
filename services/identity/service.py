"""The identity service: its doors and listeners, and what they are wired to."""

from services.chassis.contracts import import_all
from services.chassis.secrets import Passwords, derived_password, keyed_hash
from services.chassis.settings import Settings
from services.chassis.uses import Uses
from services.identity.departments.listeners import DepartmentListeners
from services.identity.departments.rpc import DepartmentDoors
from services.identity.notifications.listeners import NoticeListeners
from services.identity.notifications.rpc import NoticeDoors
from services.identity.people import People
from services.identity.regions.rpc import RegionDoors
from services.identity.regions.views import Villages
from services.identity.residents.rpc import ResidentDoors
from services.identity.sessions.rpc import SessionDoors
from services.identity.staff.rpc import StaffDoors

import_all()


class Keys:
    """The keyed hashes that identity uses, each with its own purpose."""

    def __init__(self, key: bytes):
        self._key = key

    @classmethod
    def from_platform(cls, database, settings: Settings) -> "Keys":
        """Make it from the settings."""
        return cls(settings.required("identity_hash_key").identity_hash_key)

    def of_id_number(self, number: str) -> str:
        """Give the hash under which one person is recognised."""
        return keyed_hash(self._key, "id number", number)

    def one_time_password(self, official_id: str) -> str:
        """Give the password that works once for a new official."""
        return derived_password(self._key, official_id)


class Service(
    RegionDoors,
    ResidentDoors,
    StaffDoors,
    SessionDoors,
    NoticeDoors,
    DepartmentDoors,
    NoticeListeners,
    DepartmentListeners,
):
    """Everything that identity answers and hears."""

    name = "identity"

    villages = Uses(Villages)
    people = Uses(People)
    keys = Uses(Keys)
    passwords = Uses(lambda database: Passwords())

    @property
    def identity_hash(self):
        """Give the keyed hash of ID numbers."""
        return self.keys.of_id_number

    @property
    def one_time_password(self):
        """Give the derivation of one-time passwords."""
        return self.keys.one_time_password
