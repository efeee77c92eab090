"""Webhooks of other departments: mending, replaying, resending, new secrets."""

from gateway.routing import Routes
from services.identity.subscribers.webhooks import contract

routes = Routes("部门 departments", contract)

routes.post("/departments/own/webhook/ping", contract.ping_webhook)
routes.get("/departments/own/webhook/deliveries", contract.list_own_deliveries)
routes.post("/departments/own/webhook/enabling", contract.enable_webhook)
routes.post("/departments/own/webhook/secret-rotation", contract.rotate_webhook_secret)
routes.post("/departments/own/webhook/replay", contract.replay_webhook)
routes.get("/departments/own/webhook/failures", contract.list_own_failures)
routes.post("/departments/own/webhook/failures/{failure_id}/resending", contract.resend_failure)
routes.get("/departments/{department_id}/webhook", contract.find_webhook)
routes.get("/departments/{department_id}/webhook/failures", contract.list_failures)
