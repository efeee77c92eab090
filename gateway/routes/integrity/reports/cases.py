"""Anonymous reports: the reporter's side, of which nothing is logged, and the committee's."""

from gateway.routing import OFFICIALS, PUBLIC, Routes
from services.integrity.reports.cases import contract

routes = Routes("integrity", "举报 reports")
routes.add(
    "POST",
    "/reports",
    "submit_report",
    contract.SubmitReport,
    contract.Submitted,
    PUBLIC,
    status=201,
    confidential=True,
)
routes.add(
    "POST",
    "/reports/by-receipt",
    "read_report",
    contract.WithReceipt,
    contract.ReportOfReceipt,
    PUBLIC,
    keyed=False,
    confidential=True,
)
for path, door, request in (
    ("messages", "write_message", contract.WriteMessage),
    ("withdrawal", "withdraw_report", contract.WithReceipt),
    ("rating", "rate_report", contract.RateReport),
    ("review", "ask_review", contract.WithReceipt),
):
    routes.add(
        "POST", f"/reports/by-receipt/{path}", door, request, contract.ReportState, PUBLIC, confidential=True
    )

routes.add("GET", "/reports", "list_reports", contract.ListReports, contract.ReportPage, OFFICIALS)
routes.add(
    "GET", "/reports/{report_id}", "open_report", contract.FindReport, contract.OpenedReport, OFFICIALS
)
for path, door, request in (
    ("acceptance", "accept_report", contract.FindReport),
    ("refusal", "decline_report", contract.DeclineReport),
    ("answers", "answer_report", contract.AnswerReport),
    ("conclusion", "conclude_report", contract.ConcludeReport),
    ("recusals", "recuse_officer", contract.RecuseOfficer),
):
    routes.add("POST", f"/reports/{{report_id}}/{path}", door, request, contract.ReportRow, OFFICIALS)
