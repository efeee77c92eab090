"""Subscriptions of other departments."""

from gateway.routing import OFFICIALS, Routes
from services.identity.departments import contract

routes = Routes("identity", "部门 departments")
routes.add(
    "POST",
    "/departments",
    "grant_subscription",
    contract.GrantSubscription,
    contract.Granted,
    OFFICIALS,
    status=201,
)
routes.add(
    "GET", "/departments", "list_departments", contract.ListDepartments, contract.DepartmentPage, OFFICIALS
)
routes.add(
    "GET",
    "/departments/{department_id}",
    "find_department",
    contract.FindDepartment,
    contract.Department,
    OFFICIALS,
)
routes.add(
    "POST",
    "/departments/{department_id}/revocation",
    "revoke_subscription",
    contract.RevokeSubscription,
    contract.Department,
    OFFICIALS,
)
