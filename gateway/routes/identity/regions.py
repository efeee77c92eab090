"""Divisions of the county."""

from gateway.routing import PUBLIC, Routes
from services.identity.regions import contract

routes = Routes("identity", "区划 regions")
routes.add("GET", "/regions/{code}", "find_region", contract.FindRegion, contract.Division, PUBLIC)
routes.add("GET", "/regions", "list_regions", contract.ListRegions, contract.DivisionPage, PUBLIC)
