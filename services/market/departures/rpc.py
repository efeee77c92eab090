"""The departures' door."""

from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.market.departures import contract
from services.market.departures.store import DepartureStore


class DepartureDoors:
    """What stands in the caller's way; `open_of` is wired in the service."""

    departures = Uses(DepartureStore)

    @rpc(None, contract.MarketObstacles, allow=("resident",))
    def list_orders_in_the_way(self, call):
        return self.open_of(*call.actor.entries)
