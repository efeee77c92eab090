"""The catalogue of matters."""

from gateway.routing import OFFICIALS, PUBLIC, Routes
from services.affairs.matters import contract

routes = Routes("affairs", "事项 matters")
routes.add("GET", "/matters", "list_matters", contract.ListMatters, contract.MatterPage, PUBLIC)
routes.add("GET", "/matters/{matter_id}", "find_matter", contract.FindMatter, contract.Matter, PUBLIC)
routes.add(
    "PATCH", "/matters/{matter_id}", "change_matter", contract.ChangeMatter, contract.Matter, OFFICIALS
)
