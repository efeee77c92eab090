"""Style and script of the pages, each under a hash of its content: kept for ever, and never an old one."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response
from werkzeug.exceptions import NotFound

from gateway.cacheable import cacheable

FOLDER = Path(__file__).with_name("static")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
FOR_EVER = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Serve the files, and what browsers and robots ask for by themselves."""

    @app.get("/static/<name>")
    def static_file(name: str) -> Response:
        if name not in _files():
            raise NotFound
        path = _files()[name]
        answer = cacheable(path.read_bytes(), TYPES[path.suffix])
        answer.headers["Cache-Control"] = FOR_EVER
        return answer

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return cacheable((FOLDER / "icon.svg").read_bytes(), TYPES[".svg"])

    @app.get("/robots.txt")
    def robots() -> Response:
        return cacheable(b"User-agent: *\nDisallow: /my\nDisallow: /work\nDisallow: /report\n", "text/plain")

    app.jinja_env.globals["static"] = address_of


@cache
def address_of(name: str) -> str:
    """Give the address of a file by its plain name; raises KeyError where there is none."""
    return {path.name: f"/static/{hashed}" for hashed, path in _files().items()}[name]


@cache
def _files() -> dict[str, Path]:
    found = {}
    for path in sorted(FOLDER.iterdir()):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        found[f"{path.stem}.{digest}{path.suffix}"] = path
    return found
