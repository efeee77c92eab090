"""What a department does with its own webhook."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.identity.subscribers.webhooks.deliveries import DeliveryAttempt, FailedDelivery
from services.identity.subscribers.webhooks.model import (
    Webhook,
    a_replay_ends_behind_its_beginning,
    new_webhook,
    one_beginning_is_named,
    only_a_living_webhook_is_worked_on,
    only_a_webhook_that_may_come_to_life_is_pinged,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.subscribers.webhooks.ports import Delivery, Departments, Ping
    from services.identity.subscribers.webhooks.store import FailedDeliveryStore, WebhookCursors, WebhookStore


def ping(departments: Departments, webhooks: WebhookStore, send: Ping, call: Call) -> DeliveryAttempt:
    """Try the endpoint out, also before the application is decided; taken, events may follow."""
    department = departments.get(call.actor.id)
    only_a_webhook_that_may_come_to_life_is_pinged(department, call.now)
    webhook = webhooks.of([department.id]).get(department.id)
    if webhook is None:
        webhook = new_webhook(department, call.now)
        webhook.begin_ping(call.now)
        webhooks.add(webhook, [], call)
    else:
        webhook.begin_ping(call.now)
        webhooks.save(webhook, [], call)
    sent = send(department, webhook)
    if sent.failure is None and department.webhook_url:
        webhook = webhooks.get(department.id)
        webhook.took_ping(department.webhook_url, call.now)
        with suppress(VersionConflict):  # the sender is at it: it finds out by itself
            webhooks.save(webhook, [], call)
    return sent


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
    position = _position(delivery, call.data)
    until = delivery.position_before(call.data["until"], None) if call.data["until"] else None
    a_replay_ends_behind_its_beginning(position, until)
    webhook.replay(position, cursors.position(webhook), until)
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
