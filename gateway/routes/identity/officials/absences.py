"""Leave of officials, and who stands in."""

from gateway.routing import OFFICIALS, Routes
from services.identity.officials.absences import contract

LIST, ONE = "/leaves", "/leaves/{leave_id}"

routes = Routes("identity", "请假与代班 leaves")
routes.add("POST", LIST, "record_leave", contract.RecordLeave, contract.Leave, OFFICIALS, status=201)
routes.add("GET", LIST, "list_leaves", contract.ListLeaves, contract.LeavePage, OFFICIALS)
routes.add("GET", f"{LIST}/mine", "list_my_leaves", contract.ListMyLeaves, contract.LeavePage, OFFICIALS)
routes.add("POST", f"{ONE}/end", "end_leave", contract.FindLeave, contract.Leave, OFFICIALS)
routes.add(
    "GET",
    f"{ONE}/acts",
    "list_stand_in_acts",
    contract.ListStandInActs,
    contract.StandInActPage,
    OFFICIALS,
)
