"""Where a client begins: `/`, the description as JSON, and the same as a page that can be read without script."""

from functools import cache
from itertools import groupby

import orjson
from flask import Flask, Response, render_template, request

from gateway.cacheable import cacheable
from gateway.middleware import SECURITY_HEADERS
from gateway.openapi.document import specification
from gateway.openapi.refusals import CODES, RULES
from gateway.web.answering import is_for_a_browser
from gateway.web.views import HOME
from services.chassis import __version__
from services.chassis.core.settings import Settings

HTML = "text/html; charset=utf-8"
WITH_SCRIPT = SECURITY_HEADERS["Content-Security-Policy"] + "; script-src 'self'"
"""The pages may run the one script that searches them, and nothing else."""
PLACES = {
    "documentation": "/docs",
    "openapi": "/openapi.json",
    "events_documentation": "/events-docs",
    "asyncapi": "/asyncapi.json",
    "health": "/healthz",
}


def install(app: Flask, settings: Settings) -> None:
    """Add `/` (for a browser the home page), /openapi.json and /docs with its style sheet and script to the app."""

    @app.get("/")
    def root() -> Response:
        if is_for_a_browser(request):
            return app.ensure_sync(app.view_functions[HOME])()
        answer = cacheable(_places(), "application/json")
        answer.vary.add("Accept")
        return answer

    @app.get("/openapi.json")
    def openapi() -> Response:
        return cacheable(_body(settings.public_url), "application/json")

    @app.get("/docs")
    def docs() -> Response:
        return cacheable(_page(settings.public_url), HTML, Content_Security_Policy=WITH_SCRIPT)

    @app.get("/docs.css")
    def docs_css() -> Response:
        return cacheable(_text("docs.css"), "text/css; charset=utf-8")

    @app.get("/docs.js")
    def docs_js() -> Response:
        return cacheable(_text("docs.js"), "text/javascript; charset=utf-8")


@cache
def _text(name: str) -> bytes:
    return render_template(name).encode()


@cache
def _places() -> bytes:
    return orjson.dumps({"name": "Xiangzhi 乡治", "version": __version__, **PLACES})


@cache
def _body(public_url: str) -> bytes:
    return orjson.dumps(specification(public_url))


@cache
def _page(public_url: str) -> bytes:
    spec = specification(public_url)
    tags = {tag["name"]: tag for tag in spec["tags"]}
    told = {"tags": tags, "by_tag": _by_tag(spec), "codes": _codes(), "rules": RULES, "written": _written}
    return render_template("docs.html", spec=spec, **told).encode()


def _written(example: object) -> str:
    """Give an example as it is sent, with its fields in the order of the shape."""
    return example if isinstance(example, str) else orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()


def _by_tag(spec: dict) -> dict[str, list[tuple[str, str, dict]]]:
    """Give every operation with its path and verb by its tag."""
    found: dict[str, list[tuple[str, str, dict]]] = {}
    for path, operations in spec["paths"].items():
        for verb, operation in operations.items():
            found.setdefault(operation["tags"][0], []).append((path, verb, operation))
    return found


def _codes() -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Give every code with its status and sentence, by the noun that begins it."""
    rows = [(code, status, sentence) for code, (status, sentence) in sorted(CODES.items())]
    return [(noun, list(found)) for noun, found in groupby(rows, lambda row: row[0].partition(".")[0])]
