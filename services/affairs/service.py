"""The affairs service: its doors and listeners, and what they are wired to."""

from services.affairs import holdings
from services.affairs.applications import usecases as applications
from services.affairs.applications.rpc import ApplicationDoors
from services.affairs.applications.store import ApplicationStore
from services.affairs.departures.listeners import DepartureListeners
from services.affairs.departures.model import who_is_leaving_applies_for_nothing
from services.affairs.departures.rpc import DepartureDoors
from services.affairs.departures.store import DepartureStore
from services.affairs.matters.rpc import MatterDoors
from services.affairs.people.listeners import PeopleListeners
from services.affairs.places.listeners import PlaceListeners
from services.affairs.portions.listeners import PortionListeners
from services.affairs.portions.rpc import PortionDoors
from services.chassis.contracts import import_all
from services.chassis.following import Followers
from services.chassis.uses import Uses
from services.chassis.working_days import published_working_days

import_all()


class Service(
    MatterDoors,
    ApplicationDoors,
    DepartureDoors,
    PortionDoors,
    PeopleListeners,
    PlaceListeners,
    DepartureListeners,
    PortionListeners,
):
    """Everything that affairs answers and hears; applications use the service's own matters and people."""

    name = "affairs"

    following = Uses(Followers.of(ApplicationStore, DepartureStore))
    held_of_a_person = holdings.HELD

    working_days = Uses(lambda database: published_working_days())

    def must_not_leave(self, person: str) -> None:
        """Refuse somebody who is being erased."""
        who_is_leaving_applies_for_nothing(self.departures.is_leaving(person))

    def open_of(self, *entries: str) -> dict:
        """Give what of a person, known by these entries, has to be finished before an erasure."""
        found = [applications.what_is_open(self.applications, one) for one in entries]
        items = [item for one in found for item in one["items"]]
        return {"count": sum(one["count"] for one in found), "items": items}

    def count_open(self, *entries: str) -> int:
        """Count it."""
        return self.open_of(*entries)["count"]

    def erase_person(self, person: str, call) -> None:
        """Erase what affairs holds of a person."""
        applications.erase_all_of(self.applications, person, call)
