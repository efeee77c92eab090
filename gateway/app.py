"""The gateway's Flask app: every declared route and page, answered by operations behind one guard."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import orjson
from flask import Flask, Request, Response, g, request
from flask.json.provider import DefaultJSONProvider

from gateway import asyncapi, errors, health, uploads
from gateway.admission import Admission
from gateway.aggregation import AggregatedPage
from gateway.auth import Authentication
from gateway.cache.layer import CacheMiddleware
from gateway.cache.parts import PageParts
from gateway.cache.reading import PublicReads
from gateway.callers import caller_of
from gateway.concurrency_limiter import share
from gateway.errors import Unauthenticated
from gateway.mandates import acting, named_mandate
from gateway.metrics import ROUTE, UNMEASURED
from gateway.middleware import REQUEST_ID, ResponseMiddleware, log_answer
from gateway.named_people import asks_where_from
from gateway.normal_paths import NormalPaths
from gateway.openapi import pages
from gateway.paper import press
from gateway.requests import collect, of_the_path
from gateway.revoked_sessions import RevokedSessions
from gateway.routes import ALL
from gateway.routing import PUBLIC, Route
from gateway.signposts import moved, not_for
from gateway.start_pages import PAGES
from gateway.unnamed import key_of, leaves_unnamed
from gateway.web import install as web
from gateway.work import work_of
from services.chassis.core import logs, tracing
from services.chassis.core.errors import Forbidden, NotFound
from services.chassis.rpc.client import RpcClient
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings

LARGEST_BODY = 256 * 1024


def create_app(settings: CivicSettings | None = None) -> Flask:
    """Make the app; it connects with the first request of each worker."""
    settings = settings or CivicSettings.from_environment().required("gateway_key")
    logs.set_up("gateway", settings.log_level)
    tracing.set_up("gateway")
    app = Flask("gateway", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json = provider = DefaultJSONProvider(app)
    provider.sort_keys = False
    client = RpcClient(settings, "gateway")
    authentication = Authentication(client, settings.public_url, RevokedSessions(client, settings))
    reads = PublicReads(settings, ALL)
    errors.install(app)
    measured: dict[str, str] = {}
    app.before_request(partial(_begin, measured))
    app.after_request(_finish)
    parts = PageParts(client, reads, ALL)
    for route in ALL:
        view = _view(route, client, authentication, settings)
        if route.cached:
            view = _public_view(route, client, reads)
        if route.own:
            view = _or_own(view, _view(route.own, client, authentication, settings))
        measured[_add(app, route, view)] = UNMEASURED if route.operation.confidential else route.path
    for page in PAGES:
        measured[_add(app, page, _view(page, parts, authentication, settings))] = page.path
    health.install(app, client)
    pages.install(app, settings)
    asyncapi.install(app)
    press.install(app, settings)
    measured.update(web.install(app, client, parts, authentication, settings))
    # what is kept needs no place among the admitted
    limits = uploads.UploadLimits(with_files())
    kept = CacheMiddleware(Admission(app.wsgi_app, share(settings), LARGEST_BODY, limits), reads)
    # Flask's own way to put something around an app
    app.wsgi_app = ResponseMiddleware(NormalPaths(kept))  # type: ignore[method-assign]
    return app


def _add(app: Flask, route: Route | AggregatedPage, view: Callable) -> str:
    endpoint = f"{route.service}.{route.name}.{route.verb}.{route.path}"
    view = work_of(route, view)
    app.add_url_rule(_flask_path(route.path), endpoint=endpoint, view_func=view, methods=[route.verb])
    return endpoint


def with_files() -> list[tuple[str, str, int]]:
    """Give verb, path and largest form of every route and page that takes a file."""
    routes = [(route.verb, route.path, uploads.largest(route)) for route in ALL if route.upload]
    return [*routes, *web.with_files()]


def _view(
    route: Route | AggregatedPage,
    client: RpcClient | PageParts,
    authentication: Authentication,
    settings: CivicSettings,
):
    """Make the view of one route: who calls, what is asked, the operation's answer."""

    def view(**path):
        g.route = route
        # Flask's own name for it is looked up anew at each use
        came = request._get_current_object()
        known = collect(route, came, path) if route.operation.unnamed else None
        unnamed = known is not None and leaves_unnamed(route.operation, known)
        actor = _actor(route, authentication, came, unnamed)
        _guard(route, actor)
        mandate = named_mandate(route, came)
        with_file = uploads.has_file(route, came)
        asked = {} if with_file else collect(route, came, path) if known is None else known
        key = came.headers.get("Idempotency-Key") if route.needs_key else None
        if unnamed:
            actor, key = ANONYMOUS, key_of(settings.gateway_key, route.operation, actor, key)
        caller = caller_of(came, settings.trusted_proxies) if asks_where_from(route.operation) else None
        if mandate is not None:
            actor = acting(client, actor, mandate, route.operation.mandate)
        if with_file:
            asked = uploads.from_request(client, route, came, of_the_path(route, path), actor, key)
            # it may have come for minutes: what has ended meanwhile does nothing more
            actor = _renewed(route, authentication, came, client, mandate)
        answer = route.ask(client, asked, actor, key, caller)
        if isinstance(answer, Response):
            return answer
        return Response(orjson.dumps(answer), route.status, content_type="application/json")

    return view


def _public_view(route: Route, client: RpcClient, reads: PublicReads):
    """Make the view of a cached route: asked without the caller's token, so that nothing private can be kept."""

    def view(**path):
        g.route = route
        asked = collect(route, request, path)

        def ask() -> bytes:
            return orjson.dumps(client.call(route.service, route.name, asked, ANONYMOUS))

        return reads.answer(route, request.environ, path, ask)

    return view


def _or_own(public: Callable, own: Callable) -> Callable:
    """Make the view that looks once more for who is signed in: what is there for nobody else may be theirs.

    What the second look refuses tells no more than the first: it is not there.
    """

    def view(**path):
        try:
            return public(**path)
        except NotFound:
            if "Authorization" in request.headers:
                with suppress(NotFound, Forbidden, Unauthenticated):
                    return own(**path)
            raise

    return view


def _actor(
    route: Route | AggregatedPage, authentication: Authentication, came: Request, unnamed: bool
) -> CivicActor:
    """Give who calls. Where no account is needed, a token that is over or broken counts as none: who signs in anew
    sends the old one along. Not where an Idempotency-Key is taken: it is bound to the account, and a repeat without
    the account would be done twice.
    """
    try:
        if unnamed:
            return authentication.claimant_of(came)
        return authentication.actor_of(came, route.at_once(came.args))
    except Unauthenticated:
        if route.guard == PUBLIC and not route.needs_key:
            return ANONYMOUS
        raise


def _renewed(
    route: Route, authentication: Authentication, came: Request, client: RpcClient, mandate: str | None
) -> CivicActor:
    """Give who calls as it stands now, after a file came; raises as at the beginning."""
    actor = authentication.actor_of(came, at_once=True)
    _guard(route, actor)
    scope = route.operation.mandate
    return actor if mandate is None or scope is None else acting(client, actor, mandate, scope)


def _guard(route: Route | AggregatedPage, actor: CivicActor) -> None:
    if actor.kind in route.guard:
        return
    if actor.kind == "anonymous":
        raise Unauthenticated("token.missing", "请先登录。")
    raise not_for(actor, route.guard)


def _flask_path(path: str) -> str:
    return re.sub(r"{(\w+)}", r"<\1>", path)


def _begin(measured: dict[str, str]) -> None:
    g.began = time.perf_counter()
    if request.url_rule is not None:
        request.environ[ROUTE] = measured.get(request.url_rule.endpoint, request.url_rule.rule)


def _finish(answer: Response) -> Response:
    known = g._get_current_object()
    route, page = known.get("route"), known.get("page")
    if route is not None and route.moved_to:
        answer.headers.extend(moved(route.moved_to.format(**(request.view_args or {}))))
    if page.trace if page else route is None or not route.operation.confidential:
        where = (
            f"{route.verb} {route.path}" if route else f"{request.method} {page.path}" if page else "other"
        )
        log_answer(where, answer.status_code, known.began, request.environ[REQUEST_ID])
    return answer
