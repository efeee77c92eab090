"""Officials and their roles."""

from gateway.routing import Routes
from services.identity.officials.staff import contract

routes = Routes("工作人员 officials", contract)
routes.post("/officials", contract.appoint_official, status=201)
routes.get("/officials", contract.list_officials)
routes.get("/colleagues", contract.list_colleagues)
routes.get("/officials/{official_id}", contract.find_official)
routes.post("/officials/{official_id}/dismissal", contract.dismiss_official)
routes.post("/officials/{official_id}/second-factor/reset", contract.reset_second_factor)
