"""Officials and their roles."""

from gateway.routing import OFFICIALS, Routes
from services.identity.officials.staff import contract

routes = Routes("identity", "工作人员 officials")
routes.add(
    "POST",
    "/officials",
    "appoint_official",
    contract.AppointOfficial,
    contract.Appointed,
    OFFICIALS,
    status=201,
)
routes.add("GET", "/officials", "list_officials", contract.ListOfficials, contract.OfficialPage, OFFICIALS)
routes.add(
    "GET", "/officials/{official_id}", "find_official", contract.FindOfficial, contract.Official, OFFICIALS
)
routes.add(
    "POST",
    "/officials/{official_id}/dismissal",
    "dismiss_official",
    contract.DismissOfficial,
    contract.OfficialRow,
    OFFICIALS,
)
routes.add(
    "POST",
    "/officials/{official_id}/second-factor/reset",
    "reset_second_factor",
    contract.ResetSecondFactor,
    contract.OfficialRow,
    OFFICIALS,
)
