"""The departures' door."""

from services.affairs.departures import contract
from services.affairs.departures.store import DepartureStore
from services.chassis.rpc import rpc
from services.chassis.uses import Uses


class DepartureDoors:
    """What stands in the caller's way; `open_of` is wired in the service."""

    departures = Uses(DepartureStore)

    @rpc(None, contract.AffairsObstacles, allow=("resident",))
    def list_applications_in_the_way(self, call):
        return self.open_of(*call.actor.entries)
