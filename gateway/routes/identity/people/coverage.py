"""The coverage board; counters tell of no change, so the time alone bounds how old an answer gets."""

from gateway.routing import Cached, Routes
from services.identity.people.coverage import contract

routes = Routes("覆盖率 coverage", contract)

routes.get("/coverage", contract.list_coverage, cached=Cached())
routes.get("/coverage/{code}", contract.find_coverage, cached=Cached())
routes.get("/coverage/{code}/days", contract.list_coverage_days, cached=Cached())
