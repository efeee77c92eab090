"""Comparison with the household register."""

from gateway.routing import OFFICIALS, SIGNED_IN, Routes
from services.identity.people.matches import contract

routes = Routes("identity", "实名等级 assurance")
ONE = "/residents/{resident_id}/match"

routes.add("POST", ONE, "ask_match", contract.AskMatch, contract.Match, SIGNED_IN, assurance=1)
routes.add("GET", ONE, "find_match", contract.FindMatch, contract.Match, SIGNED_IN)
routes.add(
    "GET", "/household-register/matches", "list_matches", contract.ListMatches, contract.MatchPage, OFFICIALS
)
