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
    """Grants as they stand now: a revoked or expired one gives nothing, and one that changed gives what it covers since."""

    def __init__(self, database: Database, public_url: str = ""):
        self.departments = DepartmentStore(database)
        self.residents = ResidentStore(database)
        self.catalogue = EventCatalogue()
        consents = Consenting(database).to_disclosure
        self.delivery = DepartmentDelivery(database, self._person, consents, public_url)
        self._kept: dict[str, dict[str, tuple[Department, Grant]]] = {}

    @classmethod
    def from_platform(cls, database: Database, settings: CivicSettings) -> "Subscriptions":
        """Make it from the settings."""
        return cls(database, settings.public_url)

    def receiving(self, delivery: str) -> list[tuple[Department, Grant]]:
        """The departments that events are delivered to in this way now, with what their subscriptions cover.

        Each is kept, and read again when its version has moved: one question asks for the versions of all, so that a grant that was
        narrowed or has ended gives nothing more, whatever was told of it.
        """
        versions, kept = self.departments.versions(delivery, utc_now()), self._kept.get(delivery, {})
        gone = [id for id, version in versions.items() if id not in kept or kept[id][0].version != version]
        anew = {one.id: (one, self.grant_for(one)) for one in self.departments.some(gone)} if gone else {}
        kept = {id: found for id in versions if (found := anew.get(id) or kept.get(id))}
        self._kept[delivery] = kept
        return list(kept.values())

    def stands(self, department: Department) -> bool:
        """Tell whether a subscription that was read is what it was, and gives events now."""
        return self.departments.stands(department, utc_now())

    def grant_for(self, department: Department) -> Grant:
        """What a department's subscription covers."""
        return grant_of(department, self.catalogue.covered(department.events))

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
