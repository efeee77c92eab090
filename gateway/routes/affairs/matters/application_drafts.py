"""What was filled in so far of an application."""

from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)

routes.post("/application-drafts", operations.save_application_draft)
routes.get("/application-drafts", operations.list_application_drafts)
routes.get("/application-drafts/{matter_id}", operations.find_application_draft)
routes.post("/application-drafts/{matter_id}/discarding", operations.discard_application_draft)
