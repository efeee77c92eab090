"""The import of the household register: parts are the bytes of a file, everything else is JSON."""

import base64

from flask import Request

from gateway.routing import RawBody, Routes
from services.chassis.core.cleaning import is_number
from services.identity.people.register import contract

routes = Routes("户籍登记 household register", contract)
ALL = "/household-register/imports"
PART = RawBody("text/csv", query=("offset",))


def part(request: Request) -> dict:
    """Give the part's bytes and where it begins."""
    offset = request.args.get("offset", "0")
    given = int(offset) if is_number(offset) and len(offset) < 12 else offset
    return {"offset": given, "body": base64.b64encode(request.get_data(cache=False)).decode()}


routes.post("/household-register/imports", contract.open_register_import, status=201)
routes.get("/household-register/imports", contract.list_register_imports)
routes.get("/household-register/imports/{import_id}", contract.find_register_import)
routes.post(
    "/household-register/imports/{import_id}/parts", contract.add_register_part, collect=part, raw=PART
)
routes.post("/household-register/imports/{import_id}/completion", contract.complete_register_import)
routes.get("/household-register/imports/{import_id}/refusals", contract.list_register_refusals)
