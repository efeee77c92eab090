"""The feed's operation."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.subscribers.feed import contract, views
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.ports import Subscriptions
from services.identity.subscribers.feed.store import DepartmentDisclosures
from services.identity.subscribers.feed.views import Patience


class FeedEndpoints:
    """Pulling; `subscriptions` and `delivery` are wired in the service."""

    patience = Provided(Patience)
    # what `delivery` notes in, here for its indexes
    department_disclosures = Provided(DepartmentDisclosures)
    subscriptions: Subscriptions
    delivery: DepartmentDelivery

    @rpc(contract.pull_events)
    def pull_events(self, call: Call) -> dict:
        return views.pull(self.subscriptions, self.delivery, self.patience, call)
