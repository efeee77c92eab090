"""The affairs service: its endpoints and listeners, and what they are wired to."""

from services.affairs.civic import inventory
from services.affairs.civic.account_closures.listeners import AccountClosureListeners
from services.affairs.civic.account_closures.model import who_is_leaving_applies_for_nothing
from services.affairs.civic.account_closures.rpc import AccountClosureEndpoints
from services.affairs.civic.account_closures.store import AccountClosureStore
from services.affairs.civic.divisions.listeners import PlaceListeners
from services.affairs.civic.export_parts.listeners import ExportPartListeners
from services.affairs.civic.export_parts.rpc import ExportPartEndpoints
from services.affairs.civic.people.listeners import PeopleListeners
from services.affairs.civic.people.store import People
from services.affairs.matters.applications import usecases as applications
from services.affairs.matters.applications.rpc import ApplicationEndpoints
from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.catalogue.rpc import MatterEndpoints
from services.affairs.matters.catalogue.store import MatterStore
from services.chassis.events.registry import import_all
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.civic_service import CivicService
from services.civic.editions.relocation import RelocatedStores
from services.civic.working_days import published_working_days

import_all()


class Service(
    MatterEndpoints,
    ApplicationEndpoints,
    AccountClosureEndpoints,
    ExportPartEndpoints,
    PeopleListeners,
    PlaceListeners,
    AccountClosureListeners,
    ExportPartListeners,
    CivicService,
):
    """Everything that affairs answers and hears; applications use the service's own matters and people."""

    name = "affairs"

    # what applications ask of others in their ports
    people: People
    matters: MatterStore

    following = Provided(RelocatedStores.of(ApplicationStore, AccountClosureStore))
    held_of_a_person = inventory.HELD

    working_days = Provided(lambda database: published_working_days())

    def must_not_leave(self, *people: str) -> None:
        """Refuse where one of these people is being erased."""
        who_is_leaving_applies_for_nothing(self.departures.is_leaving(*people))

    def open_of(self, *entries: str) -> dict:
        """What of a person, known by these entries, has to be finished before an erasure."""
        found = [applications.what_is_open(self.applications, one) for one in entries]
        items = [item for one in found for item in one["items"]]
        return {"count": sum(one["count"] for one in found), "items": items}

    def count_open(self, *entries: str) -> int:
        """Count it."""
        return self.open_of(*entries)["count"]

    def erase_person(self, person: str, call: Call) -> None:
        """Erase what affairs holds of a person."""
        applications.erase_all_of(self.applications, person, call)
