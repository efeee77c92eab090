"""Visits: beginning takes no Idempotency-Key, as signing in."""

from gateway.routing import OFFICIALS, PUBLIC, Routes
from services.identity.access.guest_access import contract

routes = Routes("identity", "登录 sessions")
routes.add(
    "POST",
    "/visits",
    "begin_visit",
    contract.BeginVisit,
    contract.Visit,
    PUBLIC,
    status=201,
    keyed=False,
    caller=True,
)
routes.add("GET", "/visitors/{visitor_id}", "find_visitor", contract.FindVisitor, contract.Visitor, OFFICIALS)
