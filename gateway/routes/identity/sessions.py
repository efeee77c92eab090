"""Signing in and out; tokens are never stored, so these take no Idempotency-Key."""

from gateway.routing import ACCOUNTS, PUBLIC, Routes
from services.identity.sessions import contract

routes = Routes("identity", "登录 sessions")
routes.add(
    "POST",
    "/sessions",
    "sign_in",
    contract.SignIn,
    contract.Tokens,
    PUBLIC,
    status=201,
    keyed=False,
    caller=True,
)
routes.add(
    "POST",
    "/sessions/first",
    "choose_password",
    contract.ChoosePassword,
    contract.Tokens,
    PUBLIC,
    status=201,
    keyed=False,
    caller=True,
)
routes.add(
    "POST", "/sessions/refresh", "refresh_session", contract.Refresh, contract.Tokens, PUBLIC, keyed=False
)
routes.add("DELETE", "/sessions/current", "sign_out", None, contract.SignedOut, ACCOUNTS, keyed=False)
routes.add("GET", "/sessions", "list_sessions", contract.ListDevices, contract.DevicePage, ACCOUNTS)
for path, door, request, answer in (
    ("{session_id}", "end_session", contract.EndSession, contract.SignedOut),
    ("everywhere", "end_sessions", contract.EndEverywhere, contract.EndedEverywhere),
):
    routes.add("POST", f"/sessions/{path}/ending", door, request, answer, ACCOUNTS, keyed=False)
routes.add("GET", "/.well-known/jwks.json", "signing_keys", None, contract.SigningKeys, PUBLIC)
