"""The import of the household register: parts are text/csv, everything else is JSON."""

import base64

from flask import Request

from gateway.routing import OFFICIALS, Routes
from services.identity.people.register import contract

routes = Routes("identity", "户籍登记 household register")
ALL = "/household-register/imports"
ONE = f"{ALL}/{{import_id}}"


def part(request: Request) -> dict:
    """Give the part's bytes and where it begins."""
    offset = request.args.get("offset", "0")
    given = int(offset) if offset.isascii() and offset.isdigit() and len(offset) < 12 else offset
    return {"offset": given, "body": base64.b64encode(request.get_data(cache=False)).decode()}


routes.add("POST", ALL, "open_register_import", contract.OpenImport, contract.Import, OFFICIALS, status=201)
routes.add("GET", ALL, "list_register_imports", contract.ListImports, contract.ImportPage, OFFICIALS)
routes.add("GET", ONE, "find_register_import", contract.FindImport, contract.Import, OFFICIALS)
routes.add(
    "POST", f"{ONE}/parts", "add_register_part", contract.AddPart, contract.Import, OFFICIALS, collect=part
)
routes.add(
    "POST", f"{ONE}/completion", "complete_register_import", contract.FindImport, contract.Register, OFFICIALS
)
routes.add(
    "GET", f"{ONE}/refusals", "list_register_refusals", contract.ListRefusals, contract.RefusalPage, OFFICIALS
)
