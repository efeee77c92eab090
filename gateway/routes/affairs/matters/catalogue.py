"""The catalogue of matters."""

from gateway.routing import Cached, Routes
from services.affairs.matters.catalogue import contract

routes = Routes("事项 matters", contract)
TOLD = ("affairs.matter.*",)

routes.get("/matters", contract.list_matters, cached=Cached(TOLD))
routes.get("/matters/{matter_id}", contract.find_matter, cached=Cached(TOLD, one="matter_id"))
routes.get("/matters/{matter_id}/form", contract.find_matter_form, cached=Cached(TOLD, one="matter_id"))
routes.patch("/matters/{matter_id}", contract.change_matter)
