"""The departures' door."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.market.civic.account_closures import contract
from services.market.civic.account_closures.store import AccountClosureStore


class AccountClosureEndpoints:
    """What stands in the caller's way; `open_of` is wired in the service."""

    departures = Provided(AccountClosureStore)

    @rpc(contract.list_orders_in_the_way)
    def list_orders_in_the_way(self, call):
        return self.open_of(*call.actor.entries)
