"""Departures as documents, one for each person who has ever asked."""

from services.affairs.departures.model import LEAVING, Departure
from services.chassis.documents import Store
from services.chassis.errors import NotFound, VersionConflict
from services.chassis.moves import Follows


class DepartureStore(Store):
    """The departures' collection; the id is the resident's."""

    service = "affairs"
    collection = "departures"
    aggregate = Departure
    noun = "departure"
    becomes = Follows(person="_id")

    def conflict(self, index: str) -> VersionConflict:
        """The same event is heard twice at once: one of them is done again."""
        return VersionConflict("departure.begun_meanwhile", "正在办理，请稍后再试。")

    def of(self, person: str) -> Departure | None:
        """Give a person's departure, or None."""
        try:
            return self.get(person)
        except NotFound:
            return None

    def is_leaving(self, *people: str) -> bool:
        """Tell whether one of these people may begin nothing new."""
        where = {"_id": {"$in": list(people)}, "state": {"$in": list(LEAVING)}}
        return self.documents.find_one(where, {"_id": 1}) is not None
