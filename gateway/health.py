"""Liveness and readiness: `/healthz` tells that the process answers, `/readyz` that the whole platform does."""

from datetime import UTC, datetime

from flask import Flask, jsonify

from services.chassis.core.errors import DomainError
from services.chassis.rpc.client import RpcClient
from services.civic.actor import SYSTEM

SERVICES = ("identity", "affairs", "market", "integrity")
SECONDS = 3
RELAY_SILENT_SECONDS = 30


def install(app: Flask, client: RpcClient) -> None:
    """Add the two addresses to the app."""

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
    """Give {status: ok}, or what a person who operates the platform should look at."""
    if isinstance(answer, DomainError):
        return {"status": answer.code}
    if not answer.get("mongo"):
        return {"status": "its database does not answer"}
    relay = answer.get("relay")
    if not relay or _seconds_since(relay["at"]) > RELAY_SILENT_SECONDS:
        return {"status": "its relay is silent"}
    return {"status": "ok"}


def _seconds_since(at: str | None) -> float:
    return (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds() if at else float("inf")
