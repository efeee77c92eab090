"""The feed's door."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.subscribers.feed import contract, views
from services.identity.subscribers.feed.store import DepartmentDisclosures
from services.identity.subscribers.feed.views import Patience


class FeedEndpoints:
    """Pulling; `subscriptions` and `delivery` are wired in the service."""

    patience = Provided(Patience)
    # what `delivery` notes in, here for its indexes
    department_disclosures = Provided(DepartmentDisclosures)

    @rpc(contract.pull_events)
    def pull_events(self, call):
        return views.pull(self.subscriptions, self.delivery, self.patience, call)
