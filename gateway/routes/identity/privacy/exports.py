"""A resident asks for a copy of the own data, and fetches it."""

from gateway.data_subject_copies import finished
from gateway.routing import Routes
from services.identity.privacy.exports import contract

routes = Routes("个人信息 privacy", contract)
routes.post("/exports", contract.ask_export, status=201)
routes.get("/exports", contract.list_exports)
routes.get("/exports/{export_id}", contract.find_export)
routes.get("/exports/{export_id}/copy", contract.open_export, finish=finished, media=("application/pdf",))
