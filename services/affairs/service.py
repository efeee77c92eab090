"""The affairs service: its doors and listeners, and what they are wired to."""

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
from services.chassis.contracts import import_all
from services.chassis.following import Followers
from services.chassis.uses import Uses
from services.chassis.working_days import published_working_days

import_all()


class Service(
    MatterDoors,
    ApplicationDoors,
    DepartureDoors,
    PeopleListeners,
    PlaceListeners,
    DepartureListeners,
):
    """Everything that affairs answers and hears; applications use the service's own matters and people."""

    name = "affairs"

    following = Uses(Followers.of(ApplicationStore, DepartureStore))
    working_days = Uses(lambda database: published_working_days())

    def must_not_leave(self, person: str) -> None:
        """Refuse somebody who is being erased."""
        who_is_leaving_applies_for_nothing(self.departures.is_leaving(person))

    def open_of(self, person: str) -> dict:
        """Give what of a person has to be finished before an erasure."""
        return applications.what_is_open(self.applications, person)

    def count_open(self, person: str) -> int:
        """Count it."""
        return self.open_of(person)["count"]

    def erase_person(self, person: str, call) -> None:
        """Erase what affairs holds of a person."""
        applications.erase_all_of(self.applications, person, call)
