"""Liveness and readiness: `/healthz` tells that the process answers, `/readyz` that the whole platform does.

A load balancer may ask `/readyz`: 503 says that what people ask for is not answered. What only comes late, because a relay is silent, is a
`warning` beside the 200: nobody is to be sent away from a county that works.
"""

from datetime import UTC, datetime

from flask import Flask, jsonify

from services.chassis.core.errors import DomainError
from services.chassis.rpc.client import UNANSWERED, RpcClient
from services.civic.actor import SYSTEM

SERVICES = ("identity", "affairs", "market", "integrity")
SECONDS = 3
RELAY_SILENT_SECONDS = 30


def install(app: Flask, client: RpcClient) -> None:
    """Add the two addresses to the app, and count from 0 what each service leaves unanswered: else its first time would not show."""
    for service in SERVICES:
        UNANSWERED.labels(service)

    @app.get("/healthz")
    def healthz():
        return jsonify(status="ok")

    @app.get("/readyz")
    def readyz():
        asked = {service: (service, "health", {}) for service in SERVICES}
        answers = client.gather(asked, SYSTEM, timeout=SECONDS)
        checks = {service: _check(answer) for service, answer in answers.items()}
        ready = all(check["status"] == "ok" for check in checks.values())
        answer = jsonify(status="ready" if ready else "not ready", checks=checks)
        return (answer, 200) if ready else (answer, 503, {"Retry-After": "1"})


def _check(answer) -> dict:
    """Give {status: ok}, or why the service answers nobody; with a `warning` where a person who operates the platform should look."""
    if isinstance(answer, DomainError):
        return {"status": answer.code}
    if not answer.get("mongo"):
        return {"status": "its database does not answer"}
    relay = answer.get("relay")
    if not relay or _seconds_since(relay["at"]) > RELAY_SILENT_SECONDS:
        return {"status": "ok", "warning": "its relay is silent"}
    return {"status": "ok"}


def _seconds_since(at: str | None) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds() if at else float("inf")
