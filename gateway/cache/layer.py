"""In front of Flask: a kept answer goes out without routing, JSON, RPC or a look at the caller's token."""

import time
from collections.abc import Callable, Iterable

from gateway.cache import answers
from gateway.cache.entry import KeptAnswer
from gateway.cache.reading import PublicReads, key_of, wants_it_fresh
from gateway.metrics import ROUTE
from gateway.middleware import REQUEST_ID, log_answer


class CacheMiddleware:
    """A WSGI application that answers what is kept, and leaves everything else to the one behind it."""

    def __init__(self, app: Callable, reads: PublicReads):
        self._app = app
        self._reads = reads

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Answer one request."""
        if environ["REQUEST_METHOD"] == "GET":
            began = time.perf_counter()
            held = self._reads.store.find(key_of(environ))
            if held is not None and not wants_it_fresh(environ):
                return self._answer(held, began, environ, start_response)
        return self._app(environ, start_response)

    def _answer(self, held: KeptAnswer, began: float, environ: dict, start_response: Callable) -> list[bytes]:
        own = [answers.status_line(self._reads.hit(held)), ("Age", str(int(self._reads.store.age(held))))]
        environ[ROUTE] = held.route.partition(" ")[2]
        unchanged = answers.has_it_already(environ.get("HTTP_IF_NONE_MATCH"), held.etag)
        if unchanged:
            start_response("304 NOT MODIFIED", [*answers.lasting_unchanged(held.etag), *own])
        else:
            start_response("200 OK", [*answers.lasting(held.body, held.etag), *own])
        log_answer(held.route, 304 if unchanged else 200, began, environ[REQUEST_ID])
        return [] if unchanged else [held.body]
