"""The clock of applications: more time, what is not counted, and the line of days."""

from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)

routes.get("/applications/{application_id}/days", operations.find_application_days)
routes.post("/applications/{application_id}/extension", operations.extend_application)
routes.post("/applications/{application_id}/suspension", operations.suspend_application)
routes.post("/applications/{application_id}/resumption", operations.resume_application)
