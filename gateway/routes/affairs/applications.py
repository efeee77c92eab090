"""Applications from receipt to rating."""

from gateway.routing import OFFICIALS, RESIDENTS, SIGNED_IN, Routes
from services.affairs.applications import contract

routes = Routes("affairs", "申请 applications")
ONE = "/applications/{application_id}"

routes.add(
    "POST",
    "/applications",
    "apply_for_matter",
    contract.ApplyForMatter,
    contract.Application,
    RESIDENTS,
    status=201,
)
routes.add(
    "GET",
    "/applications",
    "list_applications",
    contract.ListApplications,
    contract.ApplicationPage,
    OFFICIALS,
)
routes.add(
    "GET",
    "/applications/mine",
    "list_my_applications",
    contract.ListMyApplications,
    contract.ApplicationPage,
    RESIDENTS,
)
routes.add("GET", ONE, "find_application", contract.FindApplication, contract.Application, SIGNED_IN)

STEPS = (
    ("notice", "notify_missing_materials", contract.NotifyMissingMaterials, OFFICIALS),
    ("supply", "supply_materials", contract.SupplyMaterials, RESIDENTS),
    ("acceptance", "accept_application", contract.AcceptApplication, OFFICIALS),
    ("declination", "decline_application", contract.DeclineApplication, OFFICIALS),
    ("decision", "decide_application", contract.DecideApplication, OFFICIALS),
    ("withdrawal", "withdraw_application", contract.WithdrawApplication, RESIDENTS),
    ("lapse", "lapse_application", contract.LapseApplication, OFFICIALS),
    ("rating", "rate_application", contract.RateApplication, RESIDENTS),
)
for step, door, request, guard in STEPS:
    routes.add("POST", f"{ONE}/{step}", door, request, contract.Application, guard)
