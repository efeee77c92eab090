"""Signing in and out; tokens are never stored, so these take no Idempotency-Key."""

from gateway.routing import ACCOUNTS, ENTRANTS, PUBLIC, SESSIONS, Routes
from services.identity.access.sessions import contract

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
    "POST",
    "/sessions/password",
    "change_password",
    contract.ChangePassword,
    contract.Tokens,
    ENTRANTS,
    keyed=False,
    caller=True,
)
routes.add(
    "POST",
    "/second-factor",
    "offer_second_factor",
    contract.OfferSecondFactor,
    contract.OfferedSecondFactor,
    ENTRANTS,
    status=201,
)
routes.add(
    "POST",
    "/second-factor/confirmation",
    "confirm_second_factor",
    contract.ConfirmSecondFactor,
    contract.ConfirmedSecondFactor,
    ENTRANTS,
    keyed=False,
)
routes.add(
    "POST", "/sessions/refresh", "refresh_session", contract.Refresh, contract.Tokens, PUBLIC, keyed=False
)
routes.add("DELETE", "/sessions/current", "sign_out", None, contract.SignedOut, SESSIONS, keyed=False)
routes.add("GET", "/sessions", "list_sessions", contract.ListDevices, contract.DevicePage, ACCOUNTS)
for path, door, request, answer in (
    ("{session_id}", "end_session", contract.EndSession, contract.SignedOut),
    ("everywhere", "end_sessions", contract.EndEverywhere, contract.EndedEverywhere),
):
    routes.add("POST", f"/sessions/{path}/ending", door, request, answer, ACCOUNTS, keyed=False)
routes.add("GET", "/.well-known/jwks.json", "signing_keys", None, contract.SigningKeys, PUBLIC)
