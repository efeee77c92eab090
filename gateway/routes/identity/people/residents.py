"""Registration and certification of residents."""

from gateway.routing import Routes
from services.identity.people.residents import operations

routes = Routes("居民 residents", operations)
routes.post("/residents", operations.register_resident, status=201)
routes.get("/residents", operations.list_residents)
routes.get("/residents/requests", operations.list_resident_requests)
routes.get("/residents/end-reports", operations.list_end_reports)
routes.get("/residents/doubles", operations.list_doubles)
routes.get("/residents/arrivals", operations.list_arrivals)
routes.get("/residents/{resident_id}/number-holder", operations.find_number_holder)
routes.get("/residents/{resident_id}", operations.find_resident)
routes.post("/residents/{resident_id}/certification", operations.certify_resident)
routes.post(
    "/residents/{resident_id}/refusal",
    operations.reject_resident,
    formerly="/residents/{resident_id}/rejection",
)
routes.post("/residents/{resident_id}/appeal", operations.appeal_rejection)
routes.post("/residents/{resident_id}/appeal/upholding", operations.uphold_rejection)
routes.post("/residents/{resident_id}/appeal/overturning", operations.overturn_rejection)
routes.post("/residents/{resident_id}/second-try", operations.try_certification_again)
routes.post("/residents/{resident_id}/correction", operations.ask_correction)
routes.post("/residents/{resident_id}/correction/approval", operations.approve_correction)
routes.post("/residents/{resident_id}/correction/refusal", operations.refuse_correction)
routes.post("/residents/{resident_id}/correction/withdrawal", operations.withdraw_correction)
routes.post("/residents/{resident_id}/phone", operations.prove_resident_phone)
routes.post("/residents/{resident_id}/move", operations.ask_move)
routes.post("/residents/{resident_id}/move/release", operations.release_resident)
routes.post("/residents/{resident_id}/move/acceptance", operations.accept_move)
routes.post("/residents/{resident_id}/move/refusal", operations.refuse_move)
routes.post("/residents/{resident_id}/move/cancellation", operations.cancel_move)
routes.post("/residents/{resident_id}/end-report", operations.report_end)
routes.post("/residents/{resident_id}/end-report/confirmation", operations.confirm_end)
routes.post("/residents/{resident_id}/end-report/dismissal", operations.dismiss_end)
routes.post("/residents/{resident_id}/reactivation", operations.reactivate_resident)
routes.post("/residents/{resident_id}/merge", operations.merge_residents)
routes.post("/residents/{resident_id}/sighting", operations.see_resident)
routes.post("/residents/{resident_id}/sighting/revocation", operations.revoke_sight)
