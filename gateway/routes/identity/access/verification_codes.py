"""Codes by SMS, and signing in or replacing a forgotten password with one; no Idempotency-Key, as with passwords."""

from gateway.routing import Routes
from services.identity.access.verification_codes import contract

routes = Routes("登录 sessions", contract)
routes.post("/codes", contract.ask_for_code, status=201)
routes.post("/sessions/by-code", contract.sign_in_by_code, status=201)
routes.post("/sessions/password/reset", contract.reset_password, status=201)
