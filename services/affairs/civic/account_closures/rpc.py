"""The departures' door."""

from services.affairs.civic.account_closures import contract
from services.affairs.civic.account_closures.store import AccountClosureStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided


class AccountClosureEndpoints:
    """What stands in the caller's way; `open_of` is wired in the service."""

    departures = Provided(AccountClosureStore)

    @rpc(contract.list_applications_in_the_way)
    def list_applications_in_the_way(self, call):
        return self.open_of(*call.actor.entries)
