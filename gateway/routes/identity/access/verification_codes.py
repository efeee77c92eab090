"""Codes by SMS, and signing in with one; no Idempotency-Key, as with passwords."""

from gateway.routing import PUBLIC, Routes
from services.identity.access.sessions.contract import Tokens
from services.identity.access.verification_codes import contract

routes = Routes("identity", "登录 sessions")
for path, door, request, answer in (
    ("/codes", "ask_for_code", contract.AskForCode, contract.CodeAsked),
    ("/sessions/by-code", "sign_in_by_code", contract.SignInByCode, Tokens),
):
    routes.add("POST", path, door, request, answer, PUBLIC, status=201, keyed=False, caller=True)
