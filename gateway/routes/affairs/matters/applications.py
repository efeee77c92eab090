"""Applications from receipt to rating."""

from gateway.routing import Routes
from services.affairs.matters.applications import contract

routes = Routes("申请 applications", contract)

routes.post("/applications", contract.apply_for_matter, status=201, facts=True, by_account=True)

routes.get("/applications", contract.list_applications)
routes.get("/applications/mine", contract.list_my_applications)
routes.get("/applications/{application_id}", contract.find_application)
routes.get("/applications/{application_id}/progress", contract.follow_application)

routes.post("/applications/{application_id}/notice", contract.notify_missing_materials)
routes.post("/applications/{application_id}/acceptance", contract.accept_application)
routes.post(
    "/applications/{application_id}/refusal",
    contract.decline_application,
    formerly="/applications/{application_id}/declination",
)
routes.post("/applications/{application_id}/decision", contract.decide_application)
routes.post("/applications/{application_id}/lapse", contract.lapse_application)
routes.post("/applications/{application_id}/rating", contract.rate_application)

# rating is the applicant's own word about an office: no helper gives it
routes.post("/applications/{application_id}/supply", contract.supply_materials)
routes.post("/applications/{application_id}/withdrawal", contract.withdraw_application)
