"""What can be read of webhooks: by the department itself, and by the officers in whose region it is."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.subscribers.webhooks.contract import OFFICERS
from services.identity.subscribers.webhooks.model import Webhook
from services.identity.subscribers.webhooks.ports import Departments
from services.identity.subscribers.webhooks.store import (
    AttemptStore,
    FailedDeliveryStore,
    WebhookCursors,
    WebhookStore,
)


def own(call: Call) -> dict:
    """The filter of the caller's own failed deliveries."""
    return {"department": call.actor.id}


def health(webhook: Webhook, cursors: WebhookCursors) -> dict:
    """How an endpoint does and how far it came."""
    told = {"old_secret_until": webhook.old_secret_until, "position": cursors.position(webhook)}
    return {**vars(webhook), **told}


def health_of(webhooks: WebhookStore, cursors: WebhookCursors, department: str) -> dict | None:
    """How a department's endpoint does; None before its first delivery."""
    found = webhooks.of([department]).get(department)
    return health(found, cursors) if found else None


def health_in_scope(
    departments: Departments, webhooks: WebhookStore, cursors: WebhookCursors, call: Call
) -> dict:
    """How the endpoint of a department in the officer's regions does."""
    department = departments.get(call.data["department_id"], scope=scope_filter(call.actor, *OFFICERS))
    return health(webhooks.get(department.id), cursors)


def own_failures(failures: FailedDeliveryStore, call: Call) -> dict:
    """A page of the caller's failed deliveries, newest first."""
    return _failures(failures, call.actor.id, call)


def failures_in_scope(departments: Departments, failures: FailedDeliveryStore, call: Call) -> dict:
    """A page of the failed deliveries of a department in the officer's regions, newest first."""
    department = departments.get(call.data["department_id"], scope=scope_filter(call.actor, *OFFICERS))
    return _failures(failures, department.id, call)


def own_attempts(attempts: AttemptStore, call: Call) -> dict:
    """A page of what was sent to the caller's endpoint, newest first, with the beginnings of its answers."""
    where = own(call)
    return page(attempts.documents, where, call.data, ("number", -1), attempts.from_document, opened=True)


def _failures(failures: FailedDeliveryStore, department: str, call: Call) -> dict:
    where = {"department": department, "state": call.data["state"]}
    return page(failures.documents, where, call.data, ("first_failed_at", -1), failures.from_document)
