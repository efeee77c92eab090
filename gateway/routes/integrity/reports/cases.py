"""Anonymous reports: the reporter's side, of which nothing is logged, and the committee's."""

from gateway.routing import Routes
from services.integrity.reports.cases import contract

routes = Routes("举报 reports", contract)
routes.post("/reports", contract.submit_report, status=201)
routes.post("/reports/by-receipt", contract.read_report)
routes.post("/reports/by-receipt/messages", contract.write_message)
routes.post("/reports/by-receipt/withdrawal", contract.withdraw_report)
routes.post("/reports/by-receipt/rating", contract.rate_report)
routes.post("/reports/by-receipt/review", contract.ask_review)

routes.get("/reports", contract.list_reports)
routes.get("/reports/{report_id}", contract.open_report)
routes.post("/reports/{report_id}/acceptance", contract.accept_report)
routes.post("/reports/{report_id}/refusal", contract.decline_report)
routes.post("/reports/{report_id}/answers", contract.answer_report)
routes.post("/reports/{report_id}/conclusion", contract.conclude_report)
routes.post("/reports/{report_id}/recusals", contract.recuse_officer)
