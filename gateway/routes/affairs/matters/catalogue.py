"""The catalogue of matters."""

from gateway.routing import Cached, Routes
from services.affairs.matters.catalogue import contract

routes = Routes("事项 matters", contract)
TOLD = ("affairs.matter.*",)
ONE, DRAFT = "/matters/{matter_id}", "/matters/{matter_id}/draft"
VERSION = "/matters/{matter_id}/versions/{number}"

routes.get("/matters", contract.list_matters, cached=Cached(TOLD))
routes.get(ONE, contract.find_matter, cached=Cached(TOLD, one="matter_id"))
routes.get(f"{ONE}/form", contract.find_matter_form, cached=Cached(TOLD, one="matter_id"))
routes.patch(ONE, contract.change_matter)
routes.post(f"{ONE}/withdrawal", contract.withdraw_matter)
routes.get(VERSION, contract.find_matter_version, cached=Cached(TOLD))
routes.get(f"{VERSION}/differences", contract.compare_matter_version, cached=Cached(TOLD))
routes.get("/matter-drafts", contract.list_drafts)
routes.get(DRAFT, contract.find_draft)
routes.post(DRAFT, contract.write_draft)
routes.post(f"{DRAFT}/submission", contract.submit_draft)
routes.post(f"{DRAFT}/return", contract.return_draft)
routes.post(f"{DRAFT}/approval", contract.approve_draft)
routes.post(f"{DRAFT}/discarding", contract.discard_draft)
routes.get("/vain-searches", contract.list_vain_searches)
