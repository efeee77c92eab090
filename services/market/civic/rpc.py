"""The endpoint of account closures."""

from services.chassis.rpc import rpc
from services.market.civic import contract


class MarketObstacleEndpoints:
    """What stands in the caller's way; `held_of_a_person` is declared in `listeners.py`."""

    @rpc(contract.list_orders_in_the_way)
    def list_orders_in_the_way(self, call):
        return self.held_of_a_person.open_of(*call.actor.entries)
