"""The catalogue of matters."""

from gateway.routing import OFFICIALS, PUBLIC, Cached, Routes
from services.affairs.matters.catalogue import contract

routes = Routes("affairs", "事项 matters")
TOLD = ("affairs.matter.*",)

routes.add(
    "GET",
    "/matters",
    "list_matters",
    contract.ListMatters,
    contract.MatterPage,
    PUBLIC,
    cached=Cached(TOLD),
)
routes.add(
    "GET",
    "/matters/{matter_id}",
    "find_matter",
    contract.FindMatter,
    contract.Matter,
    PUBLIC,
    cached=Cached(TOLD, one="matter_id"),
)
routes.add(
    "PATCH", "/matters/{matter_id}", "change_matter", contract.ChangeMatter, contract.Matter, OFFICIALS
)
