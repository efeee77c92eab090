"""The desk of applications: the inbox, who has what in hand, and the head's view."""

from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)

routes.get("/applications/inbox", operations.read_inbox)
routes.get("/applications/inbox/counts", operations.count_inbox)
routes.get("/applications/overdue", operations.list_overdue)
routes.get("/applications/workload", operations.find_workload)

routes.get("/applications/{application_id}/handling", operations.find_handling)
routes.post("/applications/{application_id}/claim", operations.claim_application)
routes.post("/applications/{application_id}/release", operations.release_application)
routes.post("/applications/{application_id}/handler", operations.hand_over_application)
routes.post("/applications/{application_id}/takeover", operations.take_over_application)
routes.post("/applications/{application_id}/remarks", operations.write_remark)
