"""What a department does with its own webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, NotFound
from services.identity.subscribers.webhooks.model import (
    FailedDelivery,
    Webhook,
    one_beginning_is_named,
    only_a_living_webhook_is_worked_on,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.subscribers.webhooks.ports import Delivery, Departments
    from services.identity.subscribers.webhooks.store import FailedDeliveryStore, WebhookCursors, WebhookStore


def enable(departments: Departments, webhooks: WebhookStore, call: Call) -> Webhook:
    """The department has mended its endpoint: delivery goes on where it stopped."""
    only_a_living_webhook_is_worked_on(departments.get(call.actor.id), call.now)
    webhook = webhooks.get(call.actor.id, call)
    webhooks.save(webhook, webhook.enable(call.now), call)
    return webhook


def rotate_secret(departments: Departments, webhooks: WebhookStore, call: Call) -> Webhook:
    """Sign with a new secret, and for a while with the one before as well."""
    only_a_living_webhook_is_worked_on(departments.get(call.actor.id), call.now)
    webhook = webhooks.get(call.actor.id, call)
    webhooks.save(webhook, webhook.rotate_secret(call.now), call)
    return webhook


def replay(
    departments: Departments, webhooks: WebhookStore, cursors: WebhookCursors, delivery: Delivery, call: Call
) -> Webhook:
    """Deliver again from a place in the feed, through today's grant; what is not yet delivered follows as before."""
    department = departments.get(call.actor.id)
    only_a_living_webhook_is_worked_on(department, call.now)
    webhook = webhooks.get(department.id, call)
    webhook.replay(_position(delivery, call.data), cursors.position(webhook))
    webhooks.save(webhook, [], call)
    return webhook


def resend(
    departments: Departments, failures: FailedDeliveryStore, webhooks: WebhookStore, scope: dict, call: Call
) -> FailedDelivery:
    """Send a failed delivery again as soon as its endpoint takes requests."""
    only_a_living_webhook_is_worked_on(departments.get(call.actor.id), call.now)
    failed = failures.get(call.data["failure_id"], call, scope)
    if webhooks.get(failed.department).state == "disabled":
        raise Conflict("webhook.is_disabled", "推送已停用，请修复接口并恢复推送后再重发。")
    failed.resend(call.now)
    failures.save(failed, [], call)
    return failed


def _position(delivery: Delivery, asked: dict) -> int:
    way = one_beginning_is_named(asked)
    if way == "beginning":
        return 0
    if way == "after":
        return delivery.in_feed(asked["after"])
    position = delivery.position_before(asked["since"], asked["from_event"])
    if position is None:
        raise NotFound("webhook.event_unknown", "没有找到该事件，请核对事件编号后再重放。")
    return position
