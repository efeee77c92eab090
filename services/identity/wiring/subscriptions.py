"""What departments receive now: their subscriptions as the feed needs them, with persons for granted personal fields."""

from datetime import datetime

from pymongo.database import Database

from services.chassis.core.calls import utc_now
from services.chassis.core.errors import NotFound
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.identity.access.sessions.rules import network_of
from services.identity.access.verification_codes.store import CodeRequests
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.consents.asking import Consenting
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.feed.delivery import DepartmentDelivery, grant_of
from services.identity.subscribers.feed.model import Grant


class Subscriptions:
    """Grants as they stand now, read anew each time: a revoked or expired one gives nothing."""

    def __init__(self, database: Database, public_url: str = ""):
        self.departments = DepartmentStore(database)
        self.residents = ResidentStore(database)
        self.catalogue = EventCatalogue()
        consents = Consenting(database).to_disclosure
        self.delivery = DepartmentDelivery(database, self._person, consents, public_url)
        self._kept: dict[str, tuple[Department, Grant]] = {}

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Subscriptions":
        """Make it from the settings."""
        return cls(database, settings.public_url)

    def receiving(self, delivery: str) -> list[Department]:
        """The departments that events are delivered to in this way now."""
        return self.departments.receiving(delivery, utc_now())

    def streaming(self) -> list[tuple[Department, Grant]]:
        """The departments that have a stream now, with what their subscriptions cover.

        Each is kept, and read again when its version has moved: one question asks for the versions of all, so that a grant that was
        narrowed or has ended gives nothing more, whatever was told of it.
        """
        versions = self.departments.versions("stream", utc_now())
        gone = [
            id
            for id, version in versions.items()
            if id not in self._kept or self._kept[id][0].version != version
        ]
        anew = {one.id: (one, self.grant_for(one)) for one in self.departments.some(gone)} if gone else {}
        self._kept = {id: found for id in versions if (found := anew.get(id) or self._kept.get(id))}
        return list(self._kept.values())

    def grant_for(self, department: Department) -> Grant:
        """What a department's subscription covers."""
        return grant_of(department, self.catalogue.covered(department.events))

    def grant_of(self, department_id: str) -> Grant:
        """What a department receives now; nothing where its subscription has ended."""
        department = self.departments.get(department_id)
        if not department.receives(utc_now()):
            return Grant(department_id, (), department.region, {}, utc_now())
        return self.grant_for(department)

    def living_grant_of(self, department_id: str) -> Grant:
        """What a department receives now; raises Forbidden where it receives nothing, and says why."""
        department = self.departments.get(department_id)
        department.must_receive(utc_now())
        return self.grant_for(department)

    def _person(self, id: str | None) -> dict | None:
        if id is None:
            return None
        try:
            resident = self.residents.get(id)
        except NotFound:
            return None
        if resident.state == "erased":
            return None  # a tombstone's name is nobody's
        return {"name": resident.name, "phone": resident.phone if resident.phone_held else None}


class Applications:
    """Counts the applications of departments by the network from which they come, an hour long."""

    def __init__(self, database: Database, most: int):
        self.counted, self.most = CodeRequests(database), most

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Applications":
        """Make it from the settings."""
        return cls(database, settings.department_applications)

    def __call__(self, call: Call) -> datetime | None:
        """Count one; None where it is taken, else when the hour is over."""
        return self.counted.count(("department", network_of(call.caller.address)), self.most, call.now)
