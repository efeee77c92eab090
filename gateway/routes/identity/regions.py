"""Divisions of the county."""

from gateway.routing import PUBLIC, Cached, Routes
from services.identity.regions import contract

routes = Routes("identity", "区划 regions")
TOLD = ("identity.region.*",)

routes.add(
    "GET",
    "/regions/{code}",
    "find_region",
    contract.FindRegion,
    contract.Division,
    PUBLIC,
    cached=Cached(TOLD, one="code"),
)
routes.add(
    "GET",
    "/regions",
    "list_regions",
    contract.ListRegions,
    contract.DivisionPage,
    PUBLIC,
    cached=Cached(TOLD),
)
