"""Applications from receipt to rating."""

from gateway.routing import APPLICANTS, OFFICIALS, READERS, RESIDENTS, VISITORS, Routes
from services.affairs.matters.applications import contract

routes = Routes("affairs", "申请 applications")
ONE = "/applications/{application_id}"

routes.add(
    "POST",
    "/applications",
    "apply_for_matter",
    contract.ApplyForMatter,
    contract.Application,
    APPLICANTS,
    status=201,
    mandate="affairs",
    assurance=1,
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
    APPLICANTS,
    mandate="affairs",
)
routes.add(
    "GET",
    ONE,
    "find_application",
    contract.FindApplication,
    contract.Application,
    READERS,
    mandate="affairs",
)
routes.add(
    "GET",
    f"{ONE}/progress",
    "follow_application",
    contract.FindApplication,
    contract.ApplicationProgress,
    VISITORS,
)

WHOLE, PROGRESS = contract.Application, contract.ApplicationProgress
STEPS = (
    ("notice", "notify_missing_materials", contract.NotifyMissingMaterials, WHOLE, OFFICIALS),
    ("acceptance", "accept_application", contract.AcceptApplication, PROGRESS, OFFICIALS),
    ("declination", "decline_application", contract.DeclineApplication, WHOLE, OFFICIALS),
    ("decision", "decide_application", contract.DecideApplication, PROGRESS, OFFICIALS),
    ("lapse", "lapse_application", contract.LapseApplication, PROGRESS, OFFICIALS),
    ("rating", "rate_application", contract.RateApplication, WHOLE, RESIDENTS),
)
for step, door, request, answer, guard in STEPS:
    level = {"assurance": 0} if guard == RESIDENTS else {}
    routes.add("POST", f"{ONE}/{step}", door, request, answer, guard, **level)

# rating is the applicant's own word about an office: no helper gives it
BY_HELPERS_TOO = (
    ("supply", "supply_materials", contract.SupplyMaterials, WHOLE),
    ("withdrawal", "withdraw_application", contract.WithdrawApplication, PROGRESS),
)
for step, door, request, answer in BY_HELPERS_TOO:
    routes.add("POST", f"{ONE}/{step}", door, request, answer, APPLICANTS, mandate="affairs", assurance=0)
