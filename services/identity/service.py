"""The identity service: its doors and listeners, and what they are wired to."""

from functools import partial

from services.chassis.contracts import import_all
from services.chassis.secrets import Passwords
from services.chassis.uses import Uses
from services.identity.departments.listeners import DepartmentListeners
from services.identity.departments.rpc import DepartmentDoors
from services.identity.departments.timers import DepartmentTimers
from services.identity.feed.listeners import FeedListeners
from services.identity.feed.rpc import FeedDoors
from services.identity.keys import Keys
from services.identity.mandates.listeners import MandateListeners
from services.identity.mandates.rpc import MandateDoors
from services.identity.mandates.timers import MandateTimers
from services.identity.notifications.listeners import NoticeListeners
from services.identity.notifications.rpc import NoticeDoors
from services.identity.people import People
from services.identity.regions.rpc import RegionDoors
from services.identity.regions.views import Villages
from services.identity.residents.rpc import ResidentDoors
from services.identity.sessions.rpc import SessionDoors
from services.identity.staff.rpc import StaffDoors
from services.identity.subscriptions import Subscriptions
from services.identity.webhooks.addresses import Addresses
from services.identity.webhooks.rpc import WebhookDoors
from services.identity.webhooks.views import health_of

import_all()


class Service(
    RegionDoors,
    ResidentDoors,
    StaffDoors,
    SessionDoors,
    NoticeDoors,
    DepartmentDoors,
    FeedDoors,
    WebhookDoors,
    MandateDoors,
    NoticeListeners,
    DepartmentListeners,
    FeedListeners,
    MandateListeners,
    DepartmentTimers,
    MandateTimers,
):
    """Everything that identity answers and hears."""

    name = "identity"

    villages = Uses(Villages)
    people = Uses(People)
    keys = Uses(Keys)
    passwords = Uses(lambda database: Passwords())
    subscriptions = Uses(Subscriptions)
    webhook_addresses = Uses(Addresses)

    @property
    def delivery(self):
        """Give the filter between the feed and the departments."""
        return self.subscriptions.delivery

    @property
    def webhook_of(self):
        """Give how a department's endpoint does, for its own subscription."""
        return partial(health_of, self.webhooks, self.webhook_cursors)

    @property
    def holders(self):
        """Give who holds a role for a region."""
        return self.officials.holders

    @property
    def identity_hash(self):
        """Give the keyed hash of ID numbers."""
        return self.keys.of_id_number

    @property
    def one_time_password(self):
        """Give the derivation of one-time passwords."""
        return self.keys.one_time_password
