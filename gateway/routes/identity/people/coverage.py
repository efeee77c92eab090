"""The coverage board; counters tell of no change, so the time alone bounds how old an answer gets."""

from gateway.routing import PUBLIC, Cached, Routes
from services.identity.people.coverage import contract

routes = Routes("identity", "覆盖率 coverage")
ONE = "/coverage/{code}"

routes.add(
    "GET",
    "/coverage",
    "list_coverage",
    contract.ListCoverage,
    contract.CoverageList,
    PUBLIC,
    cached=Cached(),
)
routes.add(
    "GET",
    ONE,
    "find_coverage",
    contract.FindCoverage,
    contract.CoverageNow,
    PUBLIC,
    cached=Cached(),
)
routes.add(
    "GET",
    f"{ONE}/days",
    "list_coverage_days",
    contract.ListCoverageDays,
    contract.CoverageDayPage,
    PUBLIC,
    cached=Cached(),
)
