"""Pulling events, for departments that can read neither a stream nor a webhook; and what of whom departments were given."""

from gateway.routing import Routes
from services.identity.subscribers.feed import contract

routes = Routes("部门 departments", contract)
routes.get("/events", contract.pull_events)
routes.get("/departments/own/disclosures", contract.list_own_disclosures_to_department)
routes.get("/departments/{department_id}/disclosures", contract.list_disclosures_to_department)
routes.get("/disclosures/mine/departments", contract.list_my_disclosures_to_departments)
