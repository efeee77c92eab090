"""The four services on stock nameko: `nameko run benchmarks.requests.peers.nameko_services:Affairs`."""

from nameko.extensions import DependencyProvider
from nameko.rpc import rpc

from benchmarks.requests.peers import queries
from benchmarks.requests.peers.blocking import Work
from benchmarks.requests.peers.writes import Refused
from services.chassis.core import garbage
from services.chassis.storage.database import connect
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings


class Works(DependencyProvider):
    """Gives a service the work over its own database."""

    def setup(self):
        settings, name = CivicSettings.from_environment(), self.container.service_name
        self.work = Work({name: connect(settings, name)}, settings)

    def start(self):
        garbage.settle()

    def get_dependency(self, worker_ctx):
        return self.work


class Identity:
    """Signing in, and identity's part of the page."""

    name = "identity"
    work = Works()

    @rpc
    def sign_in(self, body):
        try:
            return self.work.sign_in(body)
        except Refused as refused:
            return {"refused": refused.status}

    @rpc
    def part(self, actor):
        return self.work.part(CivicActor.from_wire(actor), self.name)


class Affairs:
    """Matters and applications."""

    name = "affairs"
    work = Works()

    @rpc
    def application(self, actor, id):
        return self.work.read(queries.application(CivicActor.from_wire(actor), id))

    @rpc
    def waiting(self, actor, limit):
        return self.work.read(queries.waiting(CivicActor.from_wire(actor), limit))

    @rpc
    def matters(self, text, limit):
        return self.work.read(queries.matters(text, limit))

    @rpc
    def apply(self, actor, key, body):
        try:
            return self.work.apply(CivicActor.from_wire(actor), key, body)
        except Refused as refused:
            return {"refused": refused.status}

    @rpc
    def part(self, actor):
        return self.work.part(CivicActor.from_wire(actor), self.name)


class Market:
    """Listings, and market's part of the page."""

    name = "market"
    work = Works()

    @rpc
    def listing(self, id):
        return self.work.read(queries.listing(id))

    @rpc
    def part(self, actor):
        return self.work.part(CivicActor.from_wire(actor), self.name)


class Integrity:
    """Integrity's part of the page."""

    name = "integrity"
    work = Works()

    @rpc
    def part(self, actor):
        return self.work.part(CivicActor.from_wire(actor), self.name)
