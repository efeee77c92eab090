"""The monolith: Flask under gunicorn, pymongo in the route, one process; what every other system is measured against.

Tuned: the gateway's own gunicorn settings, orjson, one client for each worker, tokens remembered, no line logged.
"""

import threading

from flask import Flask

from benchmarks.requests.peers import queries
from benchmarks.requests.peers.blocking import Work
from benchmarks.requests.peers.pages import Pages
from benchmarks.requests.peers.routes import Routes
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings

SERVICES = ("identity", "affairs", "market", "integrity")


class Direct:
    """Does the work where it is asked for; the client is made after the fork."""

    def __init__(self, settings: CivicSettings):
        self._settings = settings
        self._making = threading.Lock()
        self._made: Work | None = None

    @property
    def _work(self) -> Work:
        if self._made is None:
            with self._making:
                self._made = self._made or Work(_databases(self._settings), self._settings)
        return self._made

    def application(self, actor, id):
        return self._work.read(queries.application(actor, id))

    def waiting(self, actor, limit):
        return self._work.read(queries.waiting(actor, limit))

    def matters(self, text, limit):
        return self._work.read(queries.matters(text, limit))

    def listing(self, id):
        return self._work.read(queries.listing(id))

    def overview(self, actor):
        return {name: part for s in SERVICES for name, part in self._work.part(actor, s).items()}

    def resident(self, actor):
        return self._work.read(queries.resident(actor))

    def region(self, code):
        return self._work.read(queries.region(code))

    def apply(self, actor, key, body):
        return self._work.apply(actor, key, body)

    def sign_in(self, body):
        return self._work.sign_in(body)


def _databases(settings: CivicSettings) -> dict:
    """Give the four databases over one client."""
    first = connect(settings, SERVICES[0])
    names = {service: f"{settings.database_prefix}_{service}" for service in SERVICES}
    concern = first.write_concern
    return {
        service: first.client.get_database(name, write_concern=concern) for service, name in names.items()
    }


def create_app() -> Flask:
    """Make the app."""
    settings = CivicSettings.from_environment()
    direct = Direct(settings)
    app = Routes(direct, settings).app("monolith")
    Pages(direct, settings).add_to(app)
    return app
