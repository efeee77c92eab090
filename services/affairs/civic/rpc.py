"""The endpoint of account closures."""

from services.affairs.civic import contract
from services.chassis.rpc import rpc


class AffairsObstacleEndpoints:
    """What stands in the caller's way; `held_of_a_person` is declared in `listeners.py`."""

    @rpc(contract.list_applications_in_the_way)
    def list_applications_in_the_way(self, call):
        return self.held_of_a_person.open_of(*call.actor.entries)
