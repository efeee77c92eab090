"""Webhooks of other departments: mending, replaying, resending, new secrets."""

from gateway.routing import DEPARTMENTS, OFFICIALS, Routes
from services.identity.subscribers.webhooks import contract

routes = Routes("identity", "部门 departments")
OWN = "/departments/own/webhook"
ONE = "/departments/{department_id}/webhook"

routes.add(
    "POST",
    f"{OWN}/enabling",
    "enable_webhook",
    contract.EnableWebhook,
    contract.WebhookState,
    DEPARTMENTS,
)
routes.add(
    "POST",
    f"{OWN}/secret-rotation",
    "rotate_webhook_secret",
    contract.RotateSecret,
    contract.WebhookState,
    DEPARTMENTS,
)
routes.add("POST", f"{OWN}/replay", "replay_webhook", contract.Replay, contract.WebhookState, DEPARTMENTS)
routes.add(
    "GET",
    f"{OWN}/failures",
    "list_own_failures",
    contract.ListOwnFailures,
    contract.FailurePage,
    DEPARTMENTS,
)
routes.add(
    "POST",
    f"{OWN}/failures/{{failure_id}}/resending",
    "resend_failure",
    contract.ResendFailure,
    contract.Failure,
    DEPARTMENTS,
)
routes.add("GET", ONE, "find_webhook", contract.FindWebhook, contract.WebhookHealth, OFFICIALS)
routes.add("GET", f"{ONE}/failures", "list_failures", contract.ListFailures, contract.FailurePage, OFFICIALS)
