"""The identity service: its doors and listeners, and what they are wired to."""

import base64

from services.chassis.contracts import import_all
from services.chassis.secrets import Passwords, derived_password, keyed_hash
from services.chassis.settings import Settings
from services.chassis.uses import Uses
from services.identity.departments.listeners import DepartmentListeners
from services.identity.departments.rpc import DepartmentDoors
from services.identity.departments.timers import DepartmentTimers
from services.identity.feed.listeners import FeedListeners
from services.identity.feed.rpc import FeedDoors
from services.identity.notifications.listeners import NoticeListeners
from services.identity.notifications.rpc import NoticeDoors
from services.identity.people import People
from services.identity.regions.rpc import RegionDoors
from services.identity.regions.views import Villages
from services.identity.residents.rpc import ResidentDoors
from services.identity.sessions.rpc import SessionDoors
from services.identity.staff.rpc import StaffDoors
from services.identity.subscriptions import Subscriptions

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

    def of_department(self, department_id: str) -> str:
        """Give the key with which a department signs in."""
        return derived_password(self._key, "department key", department_id)

    def of_webhook(self, department) -> str:
        """Give the secret that a department's webhooks are signed with, in the form of Standard Webhooks."""
        raw = bytes.fromhex(keyed_hash(self._key, "webhook", department.id))
        return f"whsec_{base64.b64encode(raw).decode()}"

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
    FeedDoors,
    NoticeListeners,
    DepartmentListeners,
    FeedListeners,
    DepartmentTimers,
):
    """Everything that identity answers and hears."""

    name = "identity"

    villages = Uses(Villages)
    people = Uses(People)
    keys = Uses(Keys)
    passwords = Uses(lambda database: Passwords())
    subscriptions = Uses(Subscriptions)

    @property
    def delivery(self):
        """Give the filter between the feed and the departments."""
        return self.subscriptions.delivery

    @property
    def identity_hash(self):
        """Give the keyed hash of ID numbers."""
        return self.keys.of_id_number

    @property
    def one_time_password(self):
        """Give the derivation of one-time passwords."""
        return self.keys.one_time_password
