"""The gateway's Flask app: every declared route, answered by one door behind one guard."""

import logging
import re
import time
import uuid

import orjson
from flask import Flask, Response, g, request

from gateway import asyncapi, documentation, errors, health
from gateway.auth import Authentication
from gateway.callers import caller_of
from gateway.ended import EndedSessions
from gateway.errors import Unauthenticated
from gateway.requests import collect
from gateway.routes import ALL
from gateway.routing import Route
from services.chassis import logs
from services.chassis.context import working_on
from services.chassis.errors import Forbidden
from services.chassis.rpc.client import RpcClient
from services.chassis.settings import Settings

log = logging.getLogger("gateway.app")

LARGEST_BODY = 256 * 1024
REQUEST_ID = re.compile(r"\A[A-Za-z0-9\-]{8,64}\Z")
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
    "Cache-Control": "no-store",
}


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app; it connects with the first request of each worker."""
    settings = settings or Settings.from_environment()
    logs.set_up("gateway", settings.log_level)
    app = Flask("gateway", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json.sort_keys = False
    client = RpcClient(settings, "gateway")
    authentication = Authentication(client, settings.public_url, EndedSessions(client, settings))
    errors.install(app)
    app.before_request(_begin)
    app.after_request(_finish)
    for route in ALL:
        app.add_url_rule(
            _flask_path(route.path),
            endpoint=f"{route.service}.{route.door}.{route.verb}",
            view_func=_view(route, client, authentication, settings.trusted_proxies),
            methods=[route.verb],
        )
    health.install(app, client)
    documentation.install(app, settings)
    asyncapi.install(app)
    return app


def _view(route: Route, client: RpcClient, authentication: Authentication, proxies: int):
    """Make the view of one route: who calls, what is asked, the door's answer."""

    def view(**path):
        g.route = route
        actor = authentication.actor_of(request)
        _guard(route, actor)
        asked = collect(route, request, path)
        key = request.headers.get("Idempotency-Key") if route.needs_key else None
        caller = caller_of(request, proxies) if route.caller else None
        named = ("", "") if route.confidential else (g.request_id, request.headers.get("traceparent", ""))
        with working_on(*named):
            answer = client.call(route.service, route.door, asked, actor, key=key, caller=caller)
        return Response(orjson.dumps(answer), route.status, content_type="application/json")

    return view


def _guard(route: Route, actor) -> None:
    if actor.kind in route.guard:
        return
    if actor.kind == "anonymous":
        raise Unauthenticated("token.missing", "请先登录。")
    raise Forbidden("route.not_for_you", "您的账号类型不能使用这项功能。")


def _flask_path(path: str) -> str:
    return re.sub(r"{(\w+)}", r"<\1>", path)


def _begin() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if REQUEST_ID.match(given) else uuid.uuid4().hex
    g.began = time.perf_counter()


def _finish(answer: Response) -> Response:
    answer.headers["X-Request-Id"] = g.request_id
    for name, value in SECURITY_HEADERS.items():
        answer.headers.setdefault(name, value)
    route = g.get("route")
    if route is None or not route.confidential:
        took = round((time.perf_counter() - g.began) * 1000, 1)
        where = f"{route.verb} {route.path}" if route else "other"
        log.info(
            "answered",
            extra={"route": where, "status": answer.status_code, "ms": took, "request_id": g.request_id},
        )
    return answer
