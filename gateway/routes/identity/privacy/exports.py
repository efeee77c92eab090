"""A resident asks for a copy of the own data, and fetches it."""

from gateway.data_subject_copies import finished
from gateway.routing import RESIDENTS, Routes
from services.identity.privacy.exports import contract

ONE = "/exports/{export_id}"

routes = Routes("identity", "个人信息 privacy")
routes.add("POST", "/exports", "ask_export", None, contract.Export, RESIDENTS, status=201, assurance=0)
routes.add("GET", "/exports", "list_exports", contract.ListExports, contract.ExportPage, RESIDENTS)
routes.add("GET", ONE, "find_export", contract.FindExport, contract.Export, RESIDENTS)
routes.add(
    "GET",
    f"{ONE}/copy",
    "open_export",
    contract.OpenExport,
    contract.ExportCopy,
    RESIDENTS,
    finish=finished,
)
