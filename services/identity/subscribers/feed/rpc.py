"""The feed's operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.subscribers.feed import contract, views
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.disclosures import DepartmentDisclosures
from services.identity.subscribers.feed.ports import Departments, Subscriptions
from services.identity.subscribers.feed.views import Patience


class FeedEndpoints:
    """Pulling, and what was disclosed; `subscriptions`, `delivery` and `departments` are wired in the service."""

    patience = Provided(Patience)
    department_disclosures = Provided(DepartmentDisclosures)
    subscriptions: Subscriptions
    delivery: DepartmentDelivery
    departments: Departments

    @rpc(contract.pull_events)
    def pull_events(self, call: Call) -> dict:
        return views.pull(self.subscriptions, self.delivery, self.patience, call)

    @rpc(contract.list_own_disclosures_to_department)
    def list_own_disclosures_to_department(self, call: Call) -> dict:
        return views.disclosures_to(self.department_disclosures, call.actor.id, call)

    @rpc(contract.list_disclosures_to_department)
    def list_disclosures_to_department(self, call: Call) -> dict:
        return views.disclosures_in_scope(self.departments, self.department_disclosures, call)

    @rpc(contract.list_my_disclosures_to_departments)
    def list_my_disclosures_to_departments(self, call: Call) -> dict:
        return views.disclosures_of(self.department_disclosures, call.actor.entries, call)
