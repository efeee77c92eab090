"""Subscriptions of other departments, and the events that can be asked for."""

from gateway.routing import Routes
from services.identity.subscribers.departments import contract

routes = Routes("部门 departments", contract)

routes.get("/event-types", contract.list_event_types)
routes.post("/departments", contract.apply_for_subscription, status=201)
routes.get("/departments", contract.list_departments)
routes.get("/departments/own", contract.own_subscription)
routes.post("/departments/own/webhook/address", contract.move_webhook)
routes.post("/departments/own/ending", contract.end_subscription)
routes.post("/departments/own/narrowing", contract.narrow_subscription)
routes.post("/departments/own/change", contract.ask_for_subscription_change)
routes.get("/departments/{department_id}", contract.find_department)

routes.post("/departments/{department_id}/grant", contract.grant_subscription)
routes.post("/departments/{department_id}/confirmation", contract.confirm_office)
routes.post("/departments/{department_id}/refusal", contract.refuse_subscription)
routes.post("/departments/{department_id}/revocation", contract.revoke_subscription)
routes.post("/departments/{department_id}/change/grant", contract.grant_subscription_change)
routes.post("/departments/{department_id}/change/refusal", contract.refuse_subscription_change)
