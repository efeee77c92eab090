"""What connects a department that was granted a subscription, and shuts out one whose subscription has ended."""

from services.chassis.events.event import Envelope
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.subscribers.departments import usecases
from services.identity.subscribers.departments.ports import EventFeed
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams


class DepartmentListeners:
    """Opens and closes departments' accounts; a broker that does not answer is asked again later. `feed` is wired in the service."""

    departments = Provided(DepartmentStore)
    streams = Provided(DepartmentStreams)
    feed: EventFeed

    @hears("identity.department.granted", "identity.department.confirmed", queue="department_accounts")
    def on_identity_department_granted(self, event: Envelope, call: Call) -> None:
        usecases.connect(self.departments, self.streams, self.feed, event.data["department_id"], call)

    @hears("identity.department.revoked", "identity.department.expired", queue="department_accounts")
    def on_identity_department_ended(self, event: Envelope, call: Call) -> None:
        usecases.close(self.departments, self.streams, event.data["department_id"])
