"""The monolith's pages: the same three as the platform's, with the same rows, from templates of its own.

It lacks what the platform's pages have beside: type sizes, the banner of who acts for somebody, what is said when a part fails.
"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import segno
from flask import Flask, Response, request
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from benchmarks.requests.peers.authentication import Authentication
from benchmarks.requests.peers.writes import Refused
from services.civic.settings import CivicSettings

COOKIE = "token"
TEMPLATES = Path(__file__).with_name("templates")


class Pages:
    """Reads with what is behind the routes, and renders."""

    def __init__(self, behind, settings: CivicSettings):
        self._behind, self._url = behind, settings.public_url
        self._authentication = Authentication(settings)
        self._region = lru_cache(maxsize=1000)(behind.region)
        self._templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
        self._templates.filters["day"] = lambda iso: f"{datetime.fromisoformat(iso):%Y 年 %m 月 %d 日}"
        self._templates.filters["yuan"] = lambda fen: f"{fen / 100:g} 元"

    def add_to(self, app: Flask) -> None:
        """Give the app its pages."""
        app.add_url_rule("/market/<id>", endpoint="listing_page", view_func=self.listing)
        app.add_url_rule("/my", endpoint="my_page", view_func=self.mine)
        app.add_url_rule("/work/applications", endpoint="desk_page", view_func=self.desk)

    def listing(self, id):
        one = self._behind.listing(id)
        if one is None:
            raise Refused(404)
        told = {"one": one, "village": self._region(one["region"]), "code": _code(f"{self._url}/market/{id}")}
        return self._page("listing.html", **told)

    def mine(self):
        actor = self._caller("resident")
        return self._page("my.html", me=self._behind.resident(actor), **self._behind.overview(actor))

    def desk(self):
        waiting = self._behind.waiting(self._caller("official"), 20)
        places = {row["region"]: self._region(row["region"]) for row in waiting["items"]}
        return self._page("desk.html", applications=waiting, places=places)

    def _page(self, name: str, **told) -> Response:
        return Response(
            self._templates.get_template(name).render(**told), content_type="text/html; charset=utf-8"
        )

    def _caller(self, kind: str):
        actor = self._authentication.actor(request.cookies.get(COOKIE), kind)
        if actor is None:
            raise Refused(403)
        return actor


@lru_cache(maxsize=1000)
def _code(address: str) -> Markup:
    return Markup(
        segno.make(address, error="m", micro=False).svg_inline(svgclass="code", lineclass=None, omitsize=True)
    )
