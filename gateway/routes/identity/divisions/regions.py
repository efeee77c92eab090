"""Divisions of the county."""

from gateway.routing import Cached, Routes
from services.identity.divisions.regions import contract

TOLD = Cached(("identity.region.*", "identity.county.*"))
"""Without `one`: the events' subject is a code of one edition, and the path names only the code."""

routes = Routes("区划 regions", contract)
routes.get("/regions/{code}", contract.find_region, cached=TOLD)
routes.get("/regions/search", contract.search_regions, cached=TOLD)
routes.get("/regions/{code}/editions", contract.list_editions, cached=TOLD)
routes.get("/regions", contract.list_regions, cached=TOLD)
routes.post("/regions/{code}/figures", contract.change_figures)
routes.get("/regions/{code}/figures", contract.figures_history)
