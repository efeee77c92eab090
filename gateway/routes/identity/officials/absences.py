"""Leave of officials, and who stands in."""

from gateway.routing import Routes
from services.identity.officials.absences import contract

routes = Routes("请假与代班 leaves", contract)
routes.post("/leaves", contract.record_leave, status=201)
routes.get("/leaves", contract.list_leaves)
routes.get("/leaves/mine", contract.list_my_leaves)
routes.post("/leaves/{leave_id}/ending", contract.end_leave, formerly="/leaves/{leave_id}/end")
routes.get("/leaves/{leave_id}/acts", contract.list_stand_in_acts)
