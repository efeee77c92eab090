"""The webhooks' doors."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.subscribers.webhooks import contract, usecases, views
from services.identity.subscribers.webhooks.store import FailedDeliveryStore, WebhookCursors, WebhookStore


class WebhookEndpoints:
    """Mending, replaying, resending and new secrets; `departments` and `delivery` are wired in the service."""

    webhooks = Provided(WebhookStore)
    webhook_cursors = Provided(WebhookCursors)
    failed_deliveries = Provided(FailedDeliveryStore)

    @rpc(contract.enable_webhook)
    def enable_webhook(self, call):
        return usecases.enable(self.departments, self.webhooks, call)

    @rpc(contract.rotate_webhook_secret)
    def rotate_webhook_secret(self, call):
        return usecases.rotate_secret(self.departments, self.webhooks, call)

    @rpc(contract.replay_webhook)
    def replay_webhook(self, call):
        return usecases.replay(self.departments, self.webhooks, self.webhook_cursors, self.delivery, call)

    @rpc(contract.list_own_failures)
    def list_own_failures(self, call):
        return views.own_failures(self.failed_deliveries, call)

    @rpc(contract.resend_failure)
    def resend_failure(self, call):
        return usecases.resend(self.departments, self.failed_deliveries, self.webhooks, views.own(call), call)

    @rpc(contract.find_webhook)
    def find_webhook(self, call):
        return views.health_in_scope(self.departments, self.webhooks, self.webhook_cursors, call)

    @rpc(contract.list_failures)
    def list_failures(self, call):
        return views.failures_in_scope(self.departments, self.failed_deliveries, call)
