"""What a window has verified, and papers of earlier cases that count for a new one."""

from gateway.routing import Routes
from services.affairs.matters.applications import operations

routes = Routes("申请 applications", operations)

MATERIAL = "/applications/{application_id}/materials/{material}"

routes.post(f"{MATERIAL}/verification", operations.verify_material)
routes.get("/applications/{application_id}/offered-papers", operations.find_offered_papers)
routes.post(f"{MATERIAL}/reuse", operations.reuse_paper)
