"""The webhooks' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.subscribers.webhooks import contract, usecases, views
from services.identity.subscribers.webhooks.deliveries import DeliveryAttempt, FailedDelivery
from services.identity.subscribers.webhooks.logged_poster import Pinger
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.ports import Delivery, Departments
from services.identity.subscribers.webhooks.store import (
    AttemptStore,
    FailedDeliveryStore,
    WebhookCursors,
    WebhookStore,
)


class WebhookEndpoints:
    """Trying out, mending, replaying, resending and new secrets; `departments` and `delivery` are wired in the service."""

    webhooks = Provided(WebhookStore)
    webhook_cursors = Provided(WebhookCursors)
    failed_deliveries = Provided(FailedDeliveryStore)
    webhook_attempts = Provided(AttemptStore)
    pinger = Provided(Pinger)
    departments: Departments
    delivery: Delivery

    @rpc(contract.ping_webhook)
    def ping_webhook(self, call: Call) -> DeliveryAttempt:
        return usecases.ping(self.departments, self.webhooks, self.pinger, call)

    @rpc(contract.list_own_deliveries)
    def list_own_deliveries(self, call: Call) -> dict:
        return views.own_attempts(self.webhook_attempts, call)

    @rpc(contract.enable_webhook)
    def enable_webhook(self, call: Call) -> Webhook:
        return usecases.enable(self.departments, self.webhooks, call)

    @rpc(contract.rotate_webhook_secret)
    def rotate_webhook_secret(self, call: Call) -> Webhook:
        return usecases.rotate_secret(self.departments, self.webhooks, call)

    @rpc(contract.replay_webhook)
    def replay_webhook(self, call: Call) -> Webhook:
        return usecases.replay(self.departments, self.webhooks, self.webhook_cursors, self.delivery, call)

    @rpc(contract.list_own_failures)
    def list_own_failures(self, call: Call) -> dict:
        return views.own_failures(self.failed_deliveries, call)

    @rpc(contract.resend_failure)
    def resend_failure(self, call: Call) -> FailedDelivery:
        return usecases.resend(self.departments, self.failed_deliveries, self.webhooks, views.own(call), call)

    @rpc(contract.find_webhook)
    def find_webhook(self, call: Call) -> dict:
        return views.health_in_scope(self.departments, self.webhooks, self.webhook_cursors, call)

    @rpc(contract.list_failures)
    def list_failures(self, call: Call) -> dict:
        return views.failures_in_scope(self.departments, self.failed_deliveries, call)
