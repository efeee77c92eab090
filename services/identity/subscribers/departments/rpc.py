"""The subscriptions' operations."""

from services.chassis.core.scope import scope_filter
from services.chassis.core.secrets import Passwords
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.access.keys import Keys
from services.identity.subscribers.departments import contract, events, usecases, views  # noqa: F401  events declares them
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.ports import (
    CountApplication,
    Divisions,
    EventFeed,
    WebhookAddresses,
    WebhookOf,
)
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams


class DepartmentEndpoints:
    """Applying, granting, refusing and revoking; `divisions`, `feed`, `passwords`, `keys`, `count_application` and what concerns webhooks are wired in the service."""

    departments = Provided(DepartmentStore)
    streams = Provided(DepartmentStreams)
    catalogue = Provided(EventCatalogue)
    divisions: Divisions
    feed: EventFeed
    passwords: Passwords
    keys: Keys
    webhook_addresses: WebhookAddresses
    webhook_of: WebhookOf
    count_application: CountApplication

    @rpc(contract.apply_for_subscription)
    def apply_for_subscription(self, call: Call) -> dict:
        return usecases.apply(
            self.departments,
            self.divisions,
            self.catalogue,
            self.webhook_addresses,
            self.passwords,
            self.keys.of_department,
            self.count_application,
            call,
        )

    @rpc(contract.grant_subscription)
    def grant_subscription(self, call: Call) -> dict:
        scope = scope_filter(call.actor, *contract.GRANTERS)
        return usecases.grant(self.departments, self.divisions, self.catalogue, self.feed, scope, call)

    @rpc(contract.confirm_office)
    def confirm_office(self, call: Call) -> Department:
        scope = scope_filter(call.actor, *contract.GRANTERS)
        return usecases.confirm(self.departments, self.keys.of_office, scope, call)

    @rpc(contract.refuse_subscription)
    def refuse_subscription(self, call: Call) -> Department:
        return usecases.refuse(self.departments, scope_filter(call.actor, *contract.GRANTERS), call)

    @rpc(contract.revoke_subscription)
    def revoke_subscription(self, call: Call) -> Department:
        return usecases.revoke(
            self.departments, self.streams, scope_filter(call.actor, *contract.GRANTERS), call
        )

    @rpc(contract.move_webhook)
    def move_webhook(self, call: Call) -> Department:
        return usecases.move_webhook(self.departments, self.webhook_addresses, call)

    @rpc(contract.end_subscription)
    def end_subscription(self, call: Call) -> Department:
        return usecases.end(self.departments, self.streams, call)

    @rpc(contract.narrow_subscription)
    def narrow_subscription(self, call: Call) -> dict:
        return usecases.narrow(self.departments, self.divisions, self.catalogue, call)

    @rpc(contract.ask_for_subscription_change)
    def ask_for_subscription_change(self, call: Call) -> dict:
        return usecases.ask_for_subscription_change(self.departments, self.divisions, self.catalogue, call)

    @rpc(contract.grant_subscription_change)
    def grant_subscription_change(self, call: Call) -> dict:
        scope = scope_filter(call.actor, *contract.GRANTERS)
        return usecases.grant_change(self.departments, self.divisions, self.catalogue, self.feed, scope, call)

    @rpc(contract.refuse_subscription_change)
    def refuse_subscription_change(self, call: Call) -> dict:
        return usecases.refuse_change(self.departments, scope_filter(call.actor, *contract.GRANTERS), call)

    @rpc(contract.find_department)
    def find_department(self, call: Call) -> Department:
        return views.one(self.departments, call)

    @rpc(contract.list_departments)
    def list_departments(self, call: Call) -> dict:
        return views.in_scope(self.departments, call)

    @rpc(contract.list_event_types)
    def list_event_types(self, call: Call) -> dict:
        return views.event_types(self.catalogue, call)

    @rpc(contract.own_subscription)
    def own_subscription(self, call: Call) -> dict:
        return views.own(
            self.departments,
            self.streams.credentials,
            self.keys.of_office,
            self.keys.of_webhook,
            self.webhook_of,
            call,
        )
