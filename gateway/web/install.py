"""Adds the pages to the gateway's app."""

from flask import Flask

from gateway.auth import Authentication
from gateway.cache.parts import PageParts
from gateway.metrics import UNMEASURED
from gateway.routes import ALL as ROUTES
from gateway.uploads import largest
from gateway.web import answering, pages, rendering, static, type_size
from gateway.web.asking import PageAsker
from gateway.web.cookies import BrowserSessions
from gateway.web.declarations import of_the_api
from gateway.web.stamps import Stamps
from gateway.web.views import Views
from services.civic.settings import CivicSettings


def with_files() -> list[tuple[str, str, int]]:
    """Give verb, path and largest form of each page on which a file may be sent."""
    routes = of_the_api(ROUTES)
    acts = [(page, routes[act.at]) for page in pages.ALL.values() for act in page.acts.values() if act.at]
    return [("POST", page.path, largest(route)) for page, route in acts if route.upload]


def install(
    app: Flask, client, parts: PageParts, authentication: Authentication, settings: CivicSettings
) -> dict[str, str]:
    """Add every page, what they are made of, and errors as pages; gives by endpoint under which route each is counted."""
    static.install(app)
    rendering.install(app, settings.public_url)
    answering.install(app)
    type_size.install(app)
    asking = PageAsker(client, parts, of_the_api(ROUTES), settings)
    sessions = BrowserSessions(client, authentication, settings.public_url)
    stamps = Stamps(settings.gateway_key)
    views = Views(asking, sessions, stamps, list(pages.ALL.values()), settings.home_county)
    app.extensions["web"] = views
    added = {views.install(app, page, template): page for template, page in pages.ALL.items()}
    return {endpoint: page.path if page.trace else UNMEASURED for endpoint, page in added.items()}
