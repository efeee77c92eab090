"""Comparison with the household register."""

from gateway.routing import Routes
from services.identity.people.matches import contract

routes = Routes("实名等级 assurance", contract)

routes.post("/residents/{resident_id}/match", contract.ask_match)
routes.get("/residents/{resident_id}/match", contract.find_match)
routes.get("/household-register/matches", contract.list_matches)
