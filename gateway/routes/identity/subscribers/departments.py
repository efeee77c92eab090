"""Subscriptions of other departments, and the events that can be asked for."""

from gateway.routing import DEPARTMENTS, OFFICIALS, PUBLIC, Routes
from services.identity.subscribers.departments import contract

routes = Routes("identity", "部门 departments")
ONE = "/departments/{department_id}"

routes.add("GET", "/event-types", "list_event_types", contract.ListEventTypes, contract.EventTypePage, PUBLIC)
routes.add(
    "POST",
    "/departments",
    "apply_for_subscription",
    contract.ApplyForSubscription,
    contract.Applied,
    PUBLIC,
    status=201,
)
routes.add(
    "GET", "/departments", "list_departments", contract.ListDepartments, contract.DepartmentPage, OFFICIALS
)
routes.add("GET", "/departments/own", "own_subscription", None, contract.OwnSubscription, DEPARTMENTS)
routes.add(
    "POST",
    "/departments/own/webhook/address",
    "move_webhook",
    contract.MoveWebhook,
    contract.DepartmentRow,
    DEPARTMENTS,
)
routes.add("GET", ONE, "find_department", contract.FindDepartment, contract.Department, OFFICIALS)

DECISIONS = (
    ("grant", "grant_subscription", contract.GrantSubscription),
    ("refusal", "refuse_subscription", contract.RefuseSubscription),
    ("revocation", "revoke_subscription", contract.RevokeSubscription),
)
for decision, door, request in DECISIONS:
    routes.add("POST", f"{ONE}/{decision}", door, request, contract.DepartmentRow, OFFICIALS)
