"""Divisions of the county."""

from gateway.routing import OFFICIALS, PUBLIC, Cached, Routes
from services.identity.divisions.regions import contract

TOLD = Cached(("identity.region.*", "identity.county.*"))
"""Without `one`: the events' subject is a code of one edition, and the path names only the code."""

routes = Routes("identity", "区划 regions")
routes.add(
    "GET", "/regions/{code}", "find_region", contract.FindRegion, contract.Division, PUBLIC, cached=TOLD
)
routes.add(
    "GET",
    "/regions/search",
    "search_regions",
    contract.SearchRegions,
    contract.DivisionPage,
    PUBLIC,
    cached=TOLD,
)
routes.add(
    "GET",
    "/regions/{code}/editions",
    "list_editions",
    contract.ListEditions,
    contract.DivisionPage,
    PUBLIC,
    cached=TOLD,
)
routes.add(
    "GET", "/regions", "list_regions", contract.ListRegions, contract.DivisionPage, PUBLIC, cached=TOLD
)
routes.add(
    "POST", "/regions/{code}/figures", "change_figures", contract.ChangeFigures, contract.Division, OFFICIALS
)
routes.add(
    "GET",
    "/regions/{code}/figures",
    "figures_history",
    contract.FindRegion,
    contract.FiguresHistory,
    OFFICIALS,
)
