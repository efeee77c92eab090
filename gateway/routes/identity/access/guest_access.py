"""Visits: beginning takes no Idempotency-Key, as signing in."""

from gateway.routing import Routes
from services.identity.access.guest_access import contract

routes = Routes("登录 sessions", contract)
routes.post("/visits", contract.begin_visit, status=201)
routes.get("/visitors/{visitor_id}", contract.find_visitor)
