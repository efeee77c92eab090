"""The entrypoint: a service's requests, answered on the channel they came on, `max_workers` at once at most.

Built on nameko's extension points; nameko's own clients can call. Differences from nameko's entrypoint:
answers are transient and unconfirmed and need no second connection; the greenlets that work stay (a new one
for each message costs memory mappings and page faults), and the prefetch is the bound on what waits for them; what
cannot be read gets an error answer; stopping drains (cancel, wait for what is in flight, close), because nameko
closes the connection under its running handlers, whose requests are then delivered and run again.
"""

import logging

import amqp
import eventlet
from eventlet.event import Event
from eventlet.queue import LightQueue
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension

from services.chassis.core.actor import Actor
from services.chassis.core.errors import DomainError
from services.chassis.rpc import several, wire
from services.chassis.rpc.answering import RequestHandler, RpcOutcome
from services.chassis.rpc.consuming import Consuming
from services.chassis.rpc.guards import GUARDS

log = logging.getLogger(__name__)


DRAINS = 0.8
"""Share of SHUTDOWN_SECONDS in which what is in flight is answered: closing in order has the rest of it."""


class RpcServer(SharedExtension, ProviderCollector):
    """Takes the requests of all endpoints of a container from the service's queue and answers them."""

    def __init__(self):
        super().__init__()
        self._handlers = {}
        self._jobs = LightQueue()
        self._in_flight = set()
        self._idle = None
        self._stopped = False

    def setup(self):
        """Prepare the consumer; connects nothing yet."""
        self._workers = workers = self.container.max_workers
        service = self.container.service_name
        uri = self.container.settings.amqp_uri
        self._consumer = Consuming(uri, service, prefetch=workers, on_message=self._on_message)

    def start(self):
        """Begin to answer and return when requests can come, or when stopped before the broker was there."""
        service = self._made_service()
        for provider in self._providers:
            route = f"{self.container.service_name}.{provider.method_name}"
            method = getattr(service, provider.method_name)
            self._handlers[route] = (RequestHandler(route, method.operation, *self._checks()), method)
        for _ in range(self._workers):
            eventlet.spawn_n(self._serve)
        self.container.spawn_managed_thread(self._consumer.run)
        self._consumer.ready.wait()

    @property
    def consumes(self) -> bool:
        """Tell whether requests reach it now."""
        return not self._stopped and self._consumer.consumes

    def unregister_provider(self, provider):
        """Stop when the last endpoint closes, not at the first one."""
        super().unregister_provider(provider)
        if not self._providers:
            self.stop()

    def stop(self):
        """Take no more requests, let what is in flight be answered within most of SHUTDOWN_SECONDS, then disconnect."""
        if self._stopped:
            return
        self._stopped = True
        self._consumer.cancel()
        with eventlet.Timeout(DRAINS * self.container.settings.shutdown_seconds, False):
            while self._in_flight:
                self._idle = Event()
                self._idle.wait()
        if self._in_flight:
            log.warning("stopped with requests in flight", extra={"left": len(self._in_flight)})
        self._consumer.close()
        for _ in range(self._workers):
            self._jobs.put(None)

    def _checks(self):
        """Tell what the service says of its own of guards and actors; the chassis has a default for each."""
        service = self.container.service_cls
        return getattr(service, "guards", GUARDS), getattr(service, "actor_from_wire", Actor.from_wire)

    def _made_service(self):
        """Make the one object that all endpoints run on: what is declared in it is made once per container."""
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(None))
        return service

    def _on_message(self, message):
        self._in_flight.add(message)
        self._jobs.put((self._answer, message))

    def _serve(self):
        """Do what is to be done, one thing after the other, until the end."""
        while (job := self._jobs.get()) is not None:
            self._work(*job)

    def _work(self, work, message, *more):
        """Do a piece of work for a request; where it gives the answer's body, the request is ended by it."""
        try:
            body = work(message, *more)
            if body is None:
                return
            self._consumer.answer(message, body)
        except Exception:
            # the request is not acknowledged: it comes again when the connection is made anew
            log.exception("an answer could not be sent")
        self._in_flight.discard(message)
        if self._idle and not self._in_flight and not self._idle.ready():
            self._idle.send()

    def _answer(self, message: amqp.Message) -> bytes | None:
        route = wire.method_of(message.delivery_info["routing_key"])
        try:
            request = wire.decode_request(message.body, message.properties.get("content_type"))
            headers = wire.decode_headers(message.properties.get("application_headers"))
            told = headers, message.properties.get("correlation_id", "")
            if several.asked_for(route):
                return self._answer_several(message, several.Reads(self._handlers, route, request, *told))
            if route not in self._handlers:
                raise wire.unknown_method()
        except DomainError as error:
            log.warning("refused", extra={"method": route[:80], "outcome": error.kind, "reason": error.code})
            return RpcOutcome(error=error).encode(route)
        handler, method = self._handlers[route]
        return handler.answer(method, request, *told).encode(route)

    def _answer_several(self, message: amqp.Message, reads: several.Reads) -> bytes | None:
        first, *others = reads.names
        for name in others:
            self._jobs.put((self._answer_one, message, reads, name))
        return self._answer_one(message, reads, first)

    def _answer_one(self, message: amqp.Message, reads: several.Reads, name: str) -> bytes | None:
        whole = reads.answer(name)
        return (
            RpcOutcome(whole).encode(wire.method_of(message.delivery_info["routing_key"])) if whole else None
        )


class RpcEntrypoint(Entrypoint):
    """nameko's mark on an endpoint: the container finds it, the server answers for it."""

    server = RpcServer()

    def setup(self):
        """Add the endpoint to the server."""
        self.server.register_provider(self)

    def stop(self):
        """Take the endpoint from the server."""
        self.server.unregister_provider(self)
