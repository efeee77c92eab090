"""The feed's door."""

from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.identity.feed import contract, views
from services.identity.feed.views import Patience


class FeedDoors:
    """Pulling; `subscriptions` and `delivery` are wired in the service."""

    patience = Uses(Patience)

    @rpc(contract.PullEvents, contract.Pulled, allow=("department",))
    def pull_events(self, call):
        return views.pull(self.subscriptions, self.delivery, self.patience, call)
