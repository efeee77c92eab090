"""Signing in and out; tokens are never stored, so these take no Idempotency-Key."""

from gateway.routing import Routes
from services.identity.access.sessions import contract

routes = Routes("登录 sessions", contract)
routes.post("/sessions", contract.sign_in, status=201)
routes.post("/sessions/first", contract.choose_password, status=201)
routes.post("/sessions/password", contract.change_password)
routes.post("/second-factor", contract.offer_second_factor, status=201)
routes.post("/second-factor/confirmation", contract.confirm_second_factor)
routes.post("/sessions/refresh", contract.refresh_session)
routes.delete("/sessions/current", contract.sign_out)
routes.get("/sessions", contract.list_sessions)
routes.post("/sessions/{session_id}/ending", contract.end_session)
routes.post("/sessions/everywhere/ending", contract.end_sessions)
routes.get("/.well-known/jwks.json", contract.signing_keys)
