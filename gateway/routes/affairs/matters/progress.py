"""Following an application by its number and a code, without an account."""

from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)
CODE = "/applications/{application_id}/look-up-code"

routes.post("/application-look-ups", operations.look_up_progress)
routes.get(CODE, operations.find_look_up_code)
routes.post(CODE, operations.renew_look_up_code)
